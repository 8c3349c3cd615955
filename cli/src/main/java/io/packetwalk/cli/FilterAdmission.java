package io.packetwalk.cli;

import io.packetwalk.capture.filter.FilterSyntaxException;
import io.packetwalk.capture.filter.PcapFilter;
import io.packetwalk.correlate.Admission;
import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.Dissector;
import io.packetwalk.wire.decode.Encoder;
import io.packetwalk.wire.decode.TunnelPorts;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Udp;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Capture filters run by libpcap on the frames that were expected. What the state doesn't tell of a
 * frame is tried with two values each: where the filter looks at it, nobody can tell.
 */
final class FilterAdmission implements Admission {
  private static final int SOME_PORT = 50_123;
  private static final MacAddress SOME_MAC = MacAddress.of("02:00:5e:10:20:30");

  private final Map<String, Optional<PcapFilter>> filters = new LinkedHashMap<>();
  private final Dissector dissector = new Dissector(TunnelPorts.STANDARD);

  @Override
  public Optional<Boolean> admits(String filter, LinkType link, Packet packet) {
    Optional<PcapFilter> compiled = filters.computeIfAbsent(filter, FilterAdmission::compiled);
    if (compiled.isEmpty()) {
      return Optional.empty();
    }
    boolean first = passes(compiled.get(), link, packet);
    boolean second = passes(compiled.get(), link, completed(packet));
    return first == second ? Optional.of(first) : Optional.empty();
  }

  private static Optional<PcapFilter> compiled(String filter) {
    try {
      return Optional.of(PcapFilter.compile(filter));
    } catch (FilterSyntaxException _) {
      return Optional.empty();
    }
  }

  /** A tap without Ethernet shows the packet without it. */
  private boolean passes(PcapFilter filter, LinkType link, Packet packet) {
    boolean ethernet = packet.outermost() instanceof Ethernet;
    boolean shown = link.equals(LinkType.ETHERNET);
    Packet frame = ethernet && !shown && packet.layers().size() > 1 ? packet.without(1) : packet;
    LinkType known = frame.outermost() instanceof Ethernet ? LinkType.ETHERNET : LinkType.RAW_IP;
    Bytes bytes = Encoder.encode(frame);
    Dissection dissection = new Dissection();
    dissector.dissect(known, bytes.toArray(), 0, bytes.length(), bytes.length(), dissection);
    return filter.matches(known, dissection);
  }

  /** The same packet with something where the state tells nothing. */
  private static Packet completed(Packet packet) {
    Packet whole = packet;
    for (int index = 0; index < packet.layers().size(); index++) {
      if (packet.layers().get(index) instanceof Udp udp && udp.sourcePort() == 0) {
        whole =
            whole.replacing(
                index,
                new Udp(
                    SOME_PORT,
                    udp.destinationPort(),
                    udp.declaredLength(),
                    udp.declaredChecksum()));
      } else if (packet.layers().get(index) instanceof Ethernet ethernet) {
        whole = whole.replacing(index, completed(ethernet));
      }
    }
    return whole;
  }

  private static Ethernet completed(Ethernet ethernet) {
    return new Ethernet(
        known(ethernet.destination()), known(ethernet.source()), ethernet.etherType());
  }

  private static MacAddress known(MacAddress mac) {
    return mac.equals(MacAddress.ZERO) ? SOME_MAC : mac;
  }
}
