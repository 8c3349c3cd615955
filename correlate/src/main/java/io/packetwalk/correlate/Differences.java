package io.packetwalk.correlate;

import io.packetwalk.correlate.Difference.Field;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.decode.Decoded;
import io.packetwalk.wire.decode.Fault;
import io.packetwalk.wire.decode.LayerKind;
import io.packetwalk.wire.decode.Remark;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.LinkHeader;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.PartialHeader;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Sctp;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Trailer;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vxlan;
import java.util.ArrayList;
import java.util.List;

/**
 * What in a captured frame isn't as it was predicted. What no state tells isn't compared:
 * identifications, sequence numbers, a MAC address or an outer source port that is predicted as
 * zero, and link headers where one side has none.
 */
final class Differences {
  private final Packet predicted;
  private final Decoded seen;
  private final List<Difference> differences = new ArrayList<>();

  private Differences(Packet predicted, Decoded seen) {
    this.predicted = predicted;
    this.seen = seen;
  }

  static List<Difference> between(Packet predicted, Decoded seen) {
    return new Differences(predicted, seen).list();
  }

  private List<Difference> list() {
    List<Layer> expected = headers(predicted.layers());
    List<Layer> found = headers(seen.packet().layers());
    if (!names(expected).equals(names(found))) {
      add("packet", Field.HEADERS, names(expected), names(found));
      return differences;
    }
    ethernet();
    int levels = (int) expected.stream().filter(Ip.class::isInstance).count();
    int level = 0;
    for (int index = 0; index < expected.size(); index++) {
      level += expected.get(index) instanceof Ip ? 1 : 0;
      boolean inner = level == levels;
      compare(expected.get(index), found.get(index), levels > 1 && !inner ? "outer " : "", inner);
    }
    if (!isOffloaded()) {
      seen.faults().stream()
          .filter(fault -> fault.reason() == Fault.Reason.CHECKSUM)
          .forEach(this::checksum);
    }
    return differences;
  }

  /**
   * Whether a device was to complete a checksum. That of a tunnel's outer UDP header is then
   * computed as if it were complete already, and is wrong only as long as that isn't so.
   */
  private boolean isOffloaded() {
    return seen.remarks().stream()
        .anyMatch(remark -> remark.kind() == Remark.Kind.CHECKSUM_OFFLOADED);
  }

  private void checksum(Fault fault) {
    LayerKind kind = fault.layer();
    add(
        kind.title(),
        Field.CHECKSUM,
        "0x%04x".formatted(fault.required()),
        "0x%04x".formatted(fault.available()));
  }

  /** The headers from IP inwards, up to an error's quotation. */
  private static List<Layer> headers(List<Layer> layers) {
    List<Layer> headers = new ArrayList<>();
    for (Layer layer : layers) {
      boolean skipped =
          layer instanceof Payload
              || layer instanceof Trailer
              || layer instanceof PartialHeader
              || (headers.isEmpty() && (layer instanceof Ethernet || layer instanceof LinkHeader));
      if (!skipped) {
        headers.add(layer);
      }
      boolean quotes =
          (layer instanceof Icmp icmp && icmp.isError())
              || (layer instanceof Icmpv6 icmpv6 && icmpv6.isError());
      if (quotes) {
        return headers;
      }
    }
    return headers;
  }

  private static String names(List<Layer> headers) {
    List<String> names = new ArrayList<>();
    headers.forEach(header -> names.add(header.getClass().getSimpleName()));
    return String.join(" ", names);
  }

  private void ethernet() {
    boolean both =
        predicted.outermost() instanceof Ethernet && seen.packet().outermost() instanceof Ethernet;
    if (both
        && predicted.outermost() instanceof Ethernet expected
        && seen.packet().outermost() instanceof Ethernet found) {
      mac(Field.MAC_SOURCE, "ethernet", expected.source(), found.source());
      mac(Field.MAC_DESTINATION, "ethernet", expected.destination(), found.destination());
    }
  }

  private void mac(Field field, String header, MacAddress expected, MacAddress found) {
    if (!expected.equals(MacAddress.ZERO)) {
      compare(header, field, expected.toString(), found.toString());
    }
  }

  private void compare(Layer expected, Layer found, String where, boolean inner) {
    if (expected instanceof Ip ip && found instanceof Ip other) {
      String name = where + (ip.source().isIpv4() ? "ipv4" : "ipv6");
      compare(name, Field.SOURCE, ip.source().toString(), other.source().toString());
      compare(name, Field.DESTINATION, ip.destination().toString(), other.destination().toString());
      compare(name, Field.HOP_LIMIT, ip.hopLimit() + "", other.hopLimit() + "");
      compare(name, Field.PROTOCOL, ip.protocol() + "", other.protocol() + "");
    } else if (expected instanceof Tcp tcp && found instanceof Tcp other) {
      ports("tcp", tcp.sourcePort(), tcp.destinationPort(), other.sourcePort(), other);
    } else if (expected instanceof Udp udp && found instanceof Udp other) {
      if (inner && udp.sourcePort() != 0) {
        compare("udp", Field.SOURCE_PORT, udp.sourcePort() + "", other.sourcePort() + "");
      }
      String name = where + "udp";
      compare(
          name, Field.DESTINATION_PORT, udp.destinationPort() + "", other.destinationPort() + "");
    } else if (expected instanceof Sctp sctp && found instanceof Sctp other) {
      compare("sctp", Field.SOURCE_PORT, sctp.sourcePort() + "", other.sourcePort() + "");
      compare(
          "sctp",
          Field.DESTINATION_PORT,
          sctp.destinationPort() + "",
          other.destinationPort() + "");
    } else if (expected instanceof Vxlan vxlan && found instanceof Vxlan other) {
      compare("vxlan", Field.IDENTIFIER, "VNI " + vxlan.vni(), "VNI " + other.vni());
    } else if (expected instanceof Geneve geneve && found instanceof Geneve other) {
      compare("geneve", Field.IDENTIFIER, "VNI " + geneve.vni(), "VNI " + other.vni());
    } else if (expected instanceof Ethernet ethernet && found instanceof Ethernet other) {
      mac(Field.MAC_DESTINATION, "inner ethernet", ethernet.destination(), other.destination());
    }
  }

  private void ports(String name, int source, int destination, int otherSource, Tcp other) {
    compare(name, Field.SOURCE_PORT, source + "", otherSource + "");
    compare(name, Field.DESTINATION_PORT, destination + "", other.destinationPort() + "");
  }

  private void compare(String header, Field field, String expected, String found) {
    if (!expected.equals(found)) {
      add(header, field, expected, found);
    }
  }

  private void add(String header, Field field, String expected, String found) {
    differences.add(new Difference(header, field, expected, found));
  }
}
