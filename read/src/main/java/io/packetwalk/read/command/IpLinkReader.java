package io.packetwalk.read.command;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.List;
import java.util.Optional;

/** Reads {@code ip link} and {@code ip addr} in every layout. */
final class IpLinkReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    return IpCommand.parse(run.words())
        .filter(command -> isDevices(command) && !command.isOtherAction())
        .map(command -> "ip " + command.objectName());
  }

  private static boolean isDevices(IpCommand command) {
    return command.isObject("link") || command.isObject("address");
  }

  @Override
  public Reading read(CommandRun run) {
    IpCommand command = IpCommand.parse(run.words()).orElseThrow();
    DeviceListing listing = new DeviceListing(command, run);
    if (command.json()) {
      return IpLinkJson.read(run, listing);
    }
    if (command.brief()) {
      run.output().forEach(line -> brief(listing, line));
    } else {
      WrappedLines.joined(run.output()).forEach(line -> lines(listing, line));
    }
    return listing.reading();
  }

  /** People paste the long layout behind {@code -br} as well. */
  private static void brief(DeviceListing listing, Line line) {
    String text = line.text();
    int end = text.indexOf(' ');
    boolean indented = end == 0 || text.startsWith("\t");
    boolean numbered = end > 0 && text.charAt(end - 1) == ':';
    if (indented || numbered) {
      listing.line(line, text);
    } else {
      listing.brief(line);
    }
  }

  /** {@code -o} puts backslashes where lines end otherwise. */
  private static void lines(DeviceListing listing, Line line) {
    if (line.text().indexOf('\\') < 0) {
      listing.line(line, line.text());
      return;
    }
    for (String part : List.of(line.text().split("\\\\"))) {
      listing.line(line, part);
    }
  }
}
