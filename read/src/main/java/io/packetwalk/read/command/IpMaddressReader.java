package io.packetwalk.read.command;

import io.packetwalk.model.net.GroupMembership;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpAddress;
import java.util.Optional;

/**
 * Reads {@code ip maddress}: the multicast groups that devices are in.
 *
 * <pre>
 * 2:      eth0
 *         link  33:33:00:00:00:fb users 2
 *         inet  224.0.0.251
 *         inet6 ff02::fb
 * </pre>
 */
final class IpMaddressReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    return IpCommand.parse(run.words())
        .filter(command -> command.isObject("maddress") && command.isShow() && !command.json())
        .map(command -> "ip maddress");
  }

  @Override
  public Reading read(CommandRun run) {
    IpCommand command = IpCommand.parse(run.words()).orElseThrow();
    Rows<GroupMembership> rows = Rows.silentWhenEmpty();
    String device = "";
    for (Line line : run.output()) {
      Words words = Words.of(line.text());
      String first = words.next();
      if (first.endsWith(":")
          && Words.parseInt(first.substring(0, first.length() - 1)).isPresent()) {
        device = withoutPeer(words.next());
        rows.header();
      } else if (first.equals("inet") || first.equals("inet6")) {
        add(rows, device, words.next(), line);
      } else if (!first.equals("link") && !first.isEmpty()) {
        rows.damage(line, "not a group");
      }
    }
    boolean all = command.filter().isEmpty() && command.family().isEmpty();
    return rows.reading(run, all, Fact.Groups::new);
  }

  private static void add(Rows<GroupMembership> rows, String device, String text, Line line) {
    Optional<IpAddress> group = IpAddress.parse(text).filter(IpAddress::isMulticast);
    if (group.isEmpty() || device.isEmpty()) {
      rows.damage(line, "not a group of a device");
    } else {
      rows.add(new GroupMembership(device, group.get(), line.source()));
    }
  }

  private static String withoutPeer(String name) {
    int at = name.indexOf('@');
    return at < 0 ? name : name.substring(0, at);
  }
}
