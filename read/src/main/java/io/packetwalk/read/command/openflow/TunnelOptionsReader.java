package io.packetwalk.read.command.openflow;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.openflow.TunnelOption;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.SwitchFact;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code ovs-ofctl dump-tlv-map}: class, type, length, and the field it is mapped to. */
final class TunnelOptionsReader implements CommandReader {
  private static final Set<String> DECORATION = Set.of("class", "allocated");

  @Override
  public Optional<String> recognise(CommandRun run) {
    return OfctlCommand.of(run)
        .filter(command -> command.name().equals("dump-tlv-map"))
        .map(command -> "ovs-ofctl dump-tlv-map");
  }

  @Override
  public Reading read(CommandRun run) {
    List<TunnelOption> options = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    for (Line line : run.output()) {
      Optional<TunnelOption> option = option(line);
      option.ifPresent(options::add);
      if (option.isEmpty() && !isDecoration(line.text().strip())) {
        unread.add(new Reading.Unread(line, "not a mapping of a tunnel's option"));
      }
    }
    Listing<TunnelOption> listing =
        new Listing<>(
            run.gap() ? Coverage.PARTIAL : Coverage.COMPLETE,
            options,
            List.of(run.prompt().source()));
    String bridge = OfctlCommand.of(run).map(OfctlCommand::bridge).orElse("");
    return new Reading(
        List.of(new Fact.OfSwitch(bridge, new SwitchFact.TunnelOptions(listing))), unread);
  }

  private static boolean isDecoration(String text) {
    String first = text.split("\\s", 2)[0];
    return text.isEmpty()
        || text.startsWith("NXT_TLV_TABLE_REPLY")
        || text.startsWith("max option space")
        || text.startsWith("mapping table")
        || text.startsWith("-")
        || DECORATION.contains(first);
  }

  /** {@code 0x104 0x80 4 tun_metadata0}, with or without tabs. */
  private static Optional<TunnelOption> option(Line line) {
    String[] words = line.text().strip().split("\\s+", -1);
    if (words.length != 4 || !words[3].startsWith("tun_metadata")) {
      return Optional.empty();
    }
    Optional<Integer> optionClass = Numbers.unsigned(words[0]);
    Optional<Integer> type = Numbers.unsigned(words[1]);
    int length = Numbers.decimal(words[2]);
    int index = Numbers.decimal(words[3].substring("tun_metadata".length()));
    boolean valid = optionClass.isPresent() && type.isPresent() && length >= 0 && index >= 0;
    return valid
        ? Optional.of(new TunnelOption(optionClass.get(), type.get(), length, index, line.source()))
        : Optional.empty();
  }
}
