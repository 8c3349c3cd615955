package io.packetwalk.wire.decode;

import io.packetwalk.wire.capture.Frame;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far our fields of frames and tshark's are the same, and why they aren't where they differ.
 */
final class Agreement {
  static final List<String> FIELDS =
      List.of(
          "frame.cap_len",
          "frame.len",
          "eth.type",
          "vlan.id",
          "ip.src",
          "ip.dst",
          "ipv6.src",
          "ipv6.dst",
          "ip.proto",
          "udp.srcport",
          "udp.dstport",
          "tcp.srcport",
          "tcp.dstport",
          "vxlan.vni",
          "geneve.vni",
          "gre.proto",
          "icmp.type",
          "icmp.code",
          "icmpv6.type",
          "icmpv6.code",
          "ip.flags.mf",
          "ip.frag_offset");

  /** Protocols that carry packets and aren't decoded here. */
  private static final List<String> FOREIGN =
      List.of("lisp", "lisp-data", "sflow", "pim", "ipcomp", "avsp", "macsec", "pwethheuristic");

  private final Map<String, Integer> causes = new TreeMap<>();
  private final List<String> unexplained = new ArrayList<>();
  private int values;
  private int equal;
  private int frames;

  int values() {
    return values;
  }

  /** In percent, of the values that both have. */
  double share() {
    return 100.0 * equal / values;
  }

  List<String> unexplained() {
    return unexplained;
  }

  void print(String title) {
    System.out.printf(
        "%s: %d frames, %d of %d values that both have agree: %.4f %%%n",
        title, frames, equal, values, share());
    causes.forEach((cause, count) -> System.out.printf("%s: %5d %s%n", title, count, cause));
  }

  void compareFrame(String name, Map<String, String> row, Frame frame, Decoder decoder) {
    if (!frame.linkType().isKnown()) {
      count("frames of a link type that isn't decoded");
      return;
    }
    frames++;
    Decoded decoded = decoder.decode(frame);
    Map<String, String> ours = new LinkedHashMap<>();
    ours.put("frame.cap_len", Integer.toString(frame.content().length()));
    ours.put("frame.len", Integer.toString(frame.originalLength()));
    ours.putAll(OracleFields.of(decoded.packet()));
    for (String field : FIELDS) {
      String own = ours.getOrDefault(field, "");
      String theirs = row.getOrDefault(field, "");
      compareValues(own, theirs);
      if (!own.equals(theirs)) {
        Optional<String> cause =
            cause(own, theirs, row.getOrDefault("frame.protocols", ""), decoded);
        cause.ifPresentOrElse(
            this::count,
            () ->
                unexplained.add(
                    "%s #%s %s: %s, tshark %s"
                        .formatted(name, row.get("frame.number"), field, own, theirs)));
      }
    }
  }

  /** Several values of one field are compared from the outermost on, as far as both go. */
  private void compareValues(String own, String theirs) {
    if (own.isEmpty() || theirs.isEmpty()) {
      return;
    }
    String[] first = own.split(",", -1);
    String[] second = theirs.split(",", -1);
    for (int index = 0; index < Math.min(first.length, second.length); index++) {
      values++;
      equal += first[index].equals(second[index]) ? 1 : 0;
    }
  }

  private static Optional<String> cause(
      String own, String theirs, String protocols, Decoded decoded) {
    List<String> inside = List.of(protocols.split(":", -1));
    Optional<String> foreign = FOREIGN.stream().filter(inside::contains).findFirst();
    if (foreign.isPresent()) {
      return foreign.map(name -> "values inside " + name + ", which isn't decoded");
    }
    if (inside.contains("ipv6.fraghdr")) {
      return Optional.of("values of fragments of IPv6, which tshark puts together");
    }
    if (decoded.packet().first(Ipv4.class).filter(ip -> ip.options().length() > 0).isPresent()) {
      return Optional.of("destinations that a source route option holds, which tshark shows");
    }
    if (!decoded.faults().isEmpty()) {
      return Optional.of("values of headers that are cut or contradict themselves");
    }
    if (protocols.endsWith("icmpv6:ipv6:icmpv6")) {
      return Optional.of("values in the option of a redirect");
    }
    boolean unmeasured =
        decoded.packet().layers().stream()
            .anyMatch(layer -> layer instanceof Ipv6 ip && ip.declaredLength().isPresent());
    return unmeasured && own.startsWith(theirs)
        ? Optional.of("values behind an IPv6 length of zero, where tshark stops")
        : Optional.empty();
  }

  void count(String cause) {
    causes.merge(cause, 1, Integer::sum);
  }
}
