package io.packetwalk.read.command;

import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * Rows of {@code /proc/net/if_inet6} (if6_seq_show): address, index, prefix length, scope, flags
 * and device, in hexadecimal digits.
 *
 * <pre>
 * fe80000000000000c45e9dfffe4b1c3a 02 40 20 80     eth0
 * </pre>
 */
final class ProcAddresses {
  private static final int COLUMNS = 6;
  private static final int HEXADECIMAL = 16;
  private static final int TENTATIVE = 0x40;
  private static final int FAILED = 0x08;

  private ProcAddresses() {}

  static void row(Line line, Rows<InterfaceAddress> rows) {
    List<String> words = Tokens.split(line.text());
    Optional<IpAddress> address =
        words.size() < COLUMNS ? Optional.empty() : ProcRoutes.addressIpv6(words.getFirst());
    if (address.isEmpty()) {
      rows.skip(line, "not a row of /proc/net/if_inet6");
      return;
    }
    try {
      int length = Integer.parseInt(words.get(2), HEXADECIMAL);
      int flags = Integer.parseInt(words.get(4), HEXADECIMAL);
      if (length < 0 || length > 128) {
        rows.damage(line, "a prefix length of IPv6 is at most 80, which stands for 128");
        return;
      }
      rows.add(
          new InterfaceAddress(
              words.get(5),
              address.get(),
              length,
              Optional.empty(),
              Optional.empty(),
              scope(words.get(3)),
              false,
              (flags & (TENTATIVE | FAILED)) == 0,
              line.source()));
    } catch (NumberFormatException ignored) {
      rows.damage(line, "the prefix length or the flags aren't hexadecimal numbers");
    }
  }

  private static String scope(String digits) {
    return switch (digits) {
      case "20" -> "link";
      case "10" -> "host";
      default -> "global";
    };
  }
}
