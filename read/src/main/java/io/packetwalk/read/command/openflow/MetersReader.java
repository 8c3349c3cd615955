package io.packetwalk.read.command.openflow;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.Meter;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.SwitchFact;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code ovs-ofctl dump-meters}: a meter with its bands below it. */
final class MetersReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    return OfctlCommand.of(run)
        .filter(
            command -> command.name().equals("dump-meters") || command.name().equals("dump-meter"))
        .map(command -> "ovs-ofctl dump-meters");
  }

  @Override
  public Reading read(CommandRun run) {
    Optional<OfctlCommand> command = OfctlCommand.of(run);
    Reader reader = new Reader();
    run.output().forEach(reader::line);
    reader.close();
    boolean one = command.map(each -> !each.filter().isEmpty()).orElse(true);
    boolean whole = !run.gap() && reader.unread.isEmpty() && !one;
    Listing<Meter> listing =
        new Listing<>(
            whole ? Coverage.COMPLETE : Coverage.PARTIAL,
            reader.meters,
            List.of(run.prompt().source()));
    return new Reading(
        List.of(
            new Fact.OfSwitch(
                command.map(OfctlCommand::bridge).orElse(""), new SwitchFact.Meters(listing))),
        reader.unread);
  }

  /** The meter that is being read. */
  private static final class Reader {
    private final List<Meter> meters = new ArrayList<>();
    private final List<Reading.Unread> unread = new ArrayList<>();
    private Optional<Long> id = Optional.empty();
    private Optional<Source> source = Optional.empty();
    private final StringBuilder bands = new StringBuilder();

    void line(Line line) {
      String text = line.text().strip();
      if (text.isEmpty() || text.startsWith("OFPST_METER")) {
        return;
      }
      if (text.startsWith("meter=")) {
        close();
        int space = text.indexOf(' ');
        id = Numbers.number(space < 0 ? text.substring(6) : text.substring(6, space));
        source = Optional.of(line.source());
        bands.append(space < 0 ? "" : text.substring(space + 1));
        if (id.isEmpty()) {
          unread.add(new Reading.Unread(line, "not a meter"));
        }
      } else if (text.startsWith("type=") && id.isPresent()) {
        bands.append(' ').append(text);
      } else {
        unread.add(new Reading.Unread(line, "not a meter"));
      }
    }

    void close() {
      id.ifPresent(number ->
          source.ifPresent(line -> meters.add(new Meter(number, bands.toString().strip(), line))));
      id = Optional.empty();
      bands.setLength(0);
    }
  }
}
