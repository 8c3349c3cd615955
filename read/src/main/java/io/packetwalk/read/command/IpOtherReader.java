package io.packetwalk.read.command;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import java.util.Optional;

/**
 * Reads what {@code ip} prints besides the tables: answers to single questions ({@code ip route
 * get}), changes, tunnels' short forms. They are understood, and nothing of them is kept: the
 * tables say the same in full.
 */
final class IpOtherReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    return IpCommand.parse(run.words())
        .map(command -> ("ip " + command.objectName() + " " + action(command)).strip());
  }

  private static String action(IpCommand command) {
    return command.isOtherAction() ? command.action() : "";
  }

  @Override
  public Reading read(CommandRun run) {
    return Reading.of();
  }
}
