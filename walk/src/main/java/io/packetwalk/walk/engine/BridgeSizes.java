package io.packetwalk.walk.engine;

import io.packetwalk.model.net.Device;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import java.util.List;
import java.util.Optional;

/** What becomes of a frame that a bridge's port is too small for (br_nf_dev_queue_xmit). */
final class BridgeSizes {
  private BridgeSizes() {}

  /** How a frame goes out of a port. */
  enum Fit {
    WHOLE,
    /** A bridge that calls netfilter fragments what may be (br_nf_ip_fragment). */
    FRAGMENTS,
    /** What it can't fragment over IPv6 is an error (ip6_fragment). */
    REFUSED,
    LOST
  }

  /**
   * @param called whether the bridge calls netfilter
   */
  static Fit fit(Trail trail, InFlight frame, Device exit, boolean called) {
    Optional<Ip> header = Headers.ip(frame.packet());
    boolean exceeding = called && header.isPresent() && exceedsMtu(trail, frame, exit);
    if (exceeding && header.get() instanceof Ipv6) {
      return Fit.REFUSED;
    }
    if (exceeding && header.get() instanceof Ipv4 version4 && !version4.dontFragment()) {
      return Fit.FRAGMENTS;
    }
    return exceeding || Egress.isTooLarge(trail, frame, exit) ? Fit.LOST : Fit.WHOLE;
  }

  /** Behind netfilter's calls no room is left for a tag. */
  private static boolean exceedsMtu(Trail trail, InFlight frame, Device exit) {
    return exit.mtu().isPresent() && trail.sizeOf(frame.packet()) > exit.mtu().getAsInt();
  }

  /** Ends a packet that doesn't fit; the sender is told of the bridge's own MTU. */
  static List<Branch> tooBig(
      Engine engine, Trail trail, Stack stack, InFlight frame, String bridge, Device exit) {
    int mtu =
        stack
            .device(bridge)
            .filter(device -> device.mtu().isPresent())
            .orElse(exit)
            .mtu()
            .orElseThrow();
    String decision =
        exit.name() + " doesn't take the frame, which exceeds its MTU: packet too big";
    Step step =
        new Step(
            stack.id(),
            exit.name(),
            Stage.BRIDGE,
            Action.REJECT,
            decision,
            List.of(exit.source()),
            frame.packet());
    InFlight packet =
        new InFlight(
            Headers.withoutLink(frame.packet()),
            frame.mark(),
            Optional.of(bridge),
            Optional.of(bridge),
            frame.tracking(),
            frame.arrival());
    return engine.refusals.end(
        trail.then(step),
        stack,
        packet,
        Notice.tooBig(IpFamily.IPV6, mtu),
        stack.id() + ": " + decision);
  }
}
