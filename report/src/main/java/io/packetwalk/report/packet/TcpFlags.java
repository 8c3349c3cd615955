package io.packetwalk.report.packet;

import java.util.ArrayList;
import java.util.List;

/** The flags of a TCP header by name (RFC 9293, 3.1; RFC 3168). */
public final class TcpFlags {
  private static final List<String> LOWEST_FIRST =
      List.of("FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR");

  private TcpFlags() {}

  public static List<String> names(int flags) {
    List<String> names = new ArrayList<>();
    for (int bit = 0; bit < LOWEST_FIRST.size(); bit++) {
      if ((flags >> bit & 1) == 1) {
        names.add(LOWEST_FIRST.get(bit));
      }
    }
    return names;
  }
}
