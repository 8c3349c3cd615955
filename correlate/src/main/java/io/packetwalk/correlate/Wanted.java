package io.packetwalk.correlate;

import io.packetwalk.correlate.match.Flow;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Walk;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Sctp;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which packets a question is about: from its source, to its destination before or after
 * translation.
 *
 * @param sourcePort the only source port that is meant, or the identifier of a ping; any when empty
 * @param first the destination that the sender writes
 * @param ends the destinations, with their ports, that the prediction gives the packet
 * @param addresses every address that the prediction puts into an innermost header
 */
public record Wanted(
    IpAddress source,
    int protocol,
    OptionalInt sourcePort,
    End first,
    Set<End> ends,
    Set<IpAddress> addresses) {

  /** A destination; of ICMP the port is the message's type. */
  public record End(IpAddress address, int port) {}

  /**
   * What this walk is about.
   *
   * @param sourcePort the source port that was asked for, if one was
   */
  public static Wanted of(Walk walk, OptionalInt sourcePort) {
    Set<End> ends = new LinkedHashSet<>();
    Set<IpAddress> addresses = new LinkedHashSet<>();
    Flow first = flow(walk.forward().branches().getFirst().steps().getFirst().packet());
    for (Branch branch : walk.forward().branches()) {
      for (Step step : branch.steps()) {
        Flow flow = flow(step.packet());
        addresses.add(flow.source());
        addresses.add(flow.destination());
        if (flow.source().equals(first.source()) && flow.protocol() == first.protocol()) {
          ends.add(new End(flow.destination(), end(flow)));
        }
      }
    }
    return new Wanted(
        first.source(),
        first.protocol(),
        sourcePort,
        new End(first.destination(), end(first)),
        ends,
        addresses);
  }

  /** A protocol with a destination port, or a type of ICMP message. */
  record Kind(int protocol, int port) {
    static Kind of(Flow flow) {
      return new Kind(flow.protocol(), end(flow));
    }
  }

  /** Whether a flow goes from the sender to the destination, whatever it carries. */
  boolean isBetweenEnds(Flow flow) {
    return flow.source().equals(source) && flow.destination().equals(first.address());
  }

  private static boolean isPing(int protocol) {
    return protocol == 1 || protocol == 58;
  }

  private static int end(Flow flow) {
    return isPing(flow.protocol()) ? flow.sourcePort() : flow.destinationPort();
  }

  /** Whether packets of this flow are asked about, as they are before any translation. */
  public boolean isRequest(Flow flow) {
    return isFromSource(flow) && first.equals(new End(flow.destination(), end(flow)));
  }

  /** Whether packets of this flow may be asked about: the destination is translated already. */
  public boolean mayBeRequest(Flow flow) {
    return isFromSource(flow) && ends.contains(new End(flow.destination(), end(flow)));
  }

  private boolean isFromSource(Flow flow) {
    return flow.protocol() == protocol
        && flow.source().equals(source)
        && (sourcePort.isEmpty() || sourcePort.getAsInt() == clientPort(flow));
  }

  /** The sender's port; of a ping its identifier. */
  public static int clientPort(Flow flow) {
    return isPing(flow.protocol()) ? flow.destinationPort() : flow.sourcePort();
  }

  /** Whether a frame with these innermost addresses may have to do with it. */
  public boolean mayConcern(IpAddress first, IpAddress second) {
    return addresses.contains(first) || addresses.contains(second);
  }

  /** The innermost flow of a packet, in the form in which captures' are. */
  public static Flow flow(Packet packet) {
    List<Layer> layers = packet.layers();
    Flow flow = new Flow(IpAddress.ofIpv4(0), IpAddress.ofIpv4(0), 0, 0, 0);
    for (Layer layer : layers) {
      boolean done = false;
      if (layer instanceof Ip ip) {
        flow = new Flow(ip.source(), ip.destination(), ip.protocol(), 0, 0);
      } else if (layer instanceof Tcp tcp) {
        flow = with(flow, tcp.sourcePort(), tcp.destinationPort());
      } else if (layer instanceof Udp udp) {
        flow = with(flow, udp.sourcePort(), udp.destinationPort());
      } else if (layer instanceof Sctp sctp) {
        flow = with(flow, sctp.sourcePort(), sctp.destinationPort());
      } else if (layer instanceof Icmp icmp) {
        flow = with(flow, icmp.type(), icmp.rest() >>> 16);
        done = true;
      } else if (layer instanceof Icmpv6 icmp) {
        flow = with(flow, icmp.type(), icmp.rest() >>> 16);
        done = true;
      }
      if (done) {
        return flow;
      }
    }
    return flow;
  }

  private static Flow with(Flow flow, int sourcePort, int destinationPort) {
    return new Flow(
        flow.source(), flow.destination(), flow.protocol(), sourcePort, destinationPort);
  }
}
