package io.packetwalk.wire.decode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code tcpdump -# -n -tttt} printed about the outermost headers of each packet: with and
 * without {@code -e} and {@code -v}. Fields have tshark's names.
 */
final class TcpdumpOutput {
  private static final Pattern START =
      Pattern.compile("^ *(\\d+) {2}(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d+) (.*)$");
  private static final Pattern LINK =
      Pattern.compile(
          "^([0-9a-f:]{17}) > ([0-9a-f:]{17}), ethertype \\S+ \\((0x[0-9a-f]{4})\\), length (\\d+):"
              + " (.*)$");
  private static final Pattern IPV4 =
      Pattern.compile(
          "^\\(tos (0x[0-9a-f]+)[^)]*?, ttl (\\d+), id (\\d+), offset (\\d+), flags \\[([^]]*)\\],"
              + " proto [^(]*\\((\\d+)\\), length (\\d+)");
  private static final Pattern ENDS = Pattern.compile("^(\\S+) > (\\S+?): ");

  private TcpdumpOutput() {}

  /** The fields of each packet of an output, by the packet's number. */
  static Map<Integer, Map<String, String>> read(List<String> lines) {
    Map<Integer, Map<String, String>> packets = new LinkedHashMap<>();
    for (int index = 0; index < lines.size(); index++) {
      Matcher start = START.matcher(lines.get(index));
      if (start.matches()) {
        String next = index + 1 < lines.size() ? lines.get(index + 1).strip() : "";
        packets.put(Integer.parseInt(start.group(1)), fields(start, next));
      }
    }
    return packets;
  }

  private static Map<String, String> fields(Matcher start, String next) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("frame.time", start.group(2));
    String rest = start.group(3);
    Matcher link = LINK.matcher(rest);
    if (link.matches()) {
      fields.put("eth.src", link.group(1));
      fields.put("eth.dst", link.group(2));
      fields.put("eth.type", link.group(3));
      fields.put("frame.len", link.group(4));
      rest = link.group(5);
      network(link.group(3).equals("0x0800") ? "ip" : "ipv6", rest, next, fields);
    } else if (rest.startsWith("IP ")) {
      network("ip", rest.substring(3), next, fields);
    } else if (rest.startsWith("IP6 ")) {
      network("ipv6", rest.substring(4), next, fields);
    }
    return fields;
  }

  private static void network(String name, String text, String next, Map<String, String> fields) {
    Matcher header = IPV4.matcher(text);
    boolean first = true;
    if (header.find()) {
      fields.put("ip.ttl", header.group(2));
      fields.put("ip.id", header.group(3));
      fields.put("ip.frag_offset", header.group(4));
      fields.put("ip.proto", header.group(6));
      fields.put("ip.len", header.group(7));
      first = header.group(4).equals("0");
    }
    Matcher ends = ENDS.matcher(text.startsWith("(") ? next : text);
    if (ends.find()) {
      end(name, "src", ends.group(1), first, fields);
      end(name, "dst", ends.group(2), first, fields);
    }
  }

  /** An address, and the port behind its last dot where there is one. */
  private static void end(
      String name, String side, String text, boolean first, Map<String, String> fields) {
    List<String> parts = new ArrayList<>(List.of(text.split("\\.", -1)));
    int addressParts = name.equals("ip") ? 4 : 1;
    if (parts.size() == addressParts + 1 && first) {
      fields.put(side + "port", parts.removeLast());
    }
    if (parts.size() == addressParts) {
      fields.put(name + "." + side, String.join(".", parts));
    }
  }
}
