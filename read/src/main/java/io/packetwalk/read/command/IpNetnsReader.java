package io.packetwalk.read.command;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.net.NamespaceNumber;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code ip netns}: {@code NAME (id: 3)}. */
final class IpNetnsReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    return IpCommand.parse(run.words())
        .filter(command -> command.isObject("netns") && isListing(command))
        .map(command -> "ip netns");
  }

  private static boolean isListing(IpCommand command) {
    return command.isShow() || command.action().equals("list-id");
  }

  @Override
  public Reading read(CommandRun run) {
    List<NamespaceNumber> names = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    for (Line line : run.output()) {
      if (!line.isBlank()) {
        parse(line)
            .ifPresentOrElse(
                names::add, () -> unread.add(new Reading.Unread(line, "not a namespace's name")));
      }
    }
    Coverage coverage = run.gap() ? Coverage.PARTIAL : Coverage.COMPLETE;
    return new Reading(
        List.of(
            new Fact.NamespaceNumbers(
                new Listing<>(coverage, names, List.of(run.prompt().source())))),
        unread);
  }

  private static Optional<NamespaceNumber> parse(Line line) {
    Words words = Words.of(line.text());
    String name = words.next();
    if (name.equals("nsid")) {
      OptionalInt number = words.nextInt();
      words.take("(iproute2");
      String shown = words.take("netns") || words.take("name:") ? words.next() : "";
      return shown.isEmpty()
          ? Optional.empty()
          : Optional.of(new NamespaceNumber(closed(shown), number, line.source()));
    }
    if (!words.hasNext()) {
      return Optional.of(new NamespaceNumber(name, OptionalInt.empty(), line.source()));
    }
    if (!words.take("(id:")) {
      return Optional.empty();
    }
    OptionalInt number = Words.parseInt(closed(words.next()));
    return Optional.of(new NamespaceNumber(name, number, line.source()));
  }

  private static String closed(String text) {
    return text.endsWith(")") ? text.substring(0, text.length() - 1) : text;
  }
}
