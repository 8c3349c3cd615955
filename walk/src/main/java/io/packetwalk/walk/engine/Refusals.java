package io.packetwalk.walk.engine;

import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The packets that stacks have refused, with what each sends back about it. */
final class Refusals {
  /**
   * A packet that was refused.
   *
   * @param packet as the refusing stack saw it last
   * @param byRule whether a rule refused it, or nobody answers for the next hop, rather than the
   *     stack itself
   * @param ownPacket whether the packet started in the refusing stack
   * @param byTunnel whether a tunnel's device tells who sent, in the name of the receiver
   */
  record Refusal(
      Stack stack,
      InFlight packet,
      Notice notice,
      boolean byRule,
      boolean ownPacket,
      boolean byTunnel,
      Branch branch,
      Optional<Assumption> condition) {}

  private final List<Refusal> refusals = new ArrayList<>();

  List<Refusal> all() {
    return List.copyOf(refusals);
  }

  /**
   * Ends a packet that the stack refuses. The message about it belongs to the packet's connection,
   * wherever that was refused.
   */
  List<Branch> end(Trail trail, Stack stack, InFlight packet, Notice notice, String reason) {
    List<Branch> branches = trail.end(Verdict.REJECTED, reason);
    note(
        branches, trail, stack, packet, notice, /* byRule= */ false, /* ownPacket= */ false, false);
    return branches;
  }

  /**
   * Ends a packet whose sender is told by a packet even where that is the same stack: the next hop
   * doesn't answer (ipv4_link_failure, ip6_link_failure), or a rule rejects.
   */
  List<Branch> endTold(Trail trail, Stack stack, InFlight packet, Notice notice, String reason) {
    List<Branch> branches = trail.end(Verdict.REJECTED, reason);
    InFlight here =
        packet.input().isPresent()
            ? packet
            : new InFlight(
                packet.packet(),
                packet.mark(),
                Optional.of(packet.output().orElse("")),
                packet.output(),
                packet.tracking());
    note(branches, trail, stack, here, notice, /* byRule= */ true, packet.input().isEmpty(), false);
    return branches;
  }

  /**
   * Ends a frame that a tunnel under a bridge is too small for: the bridge gets the error back by
   * the tunnel's device (skb_tunnel_check_pmtu).
   */
  List<Branch> endByTunnel(
      Trail trail, Stack stack, InFlight frame, String device, Notice notice, String reason) {
    List<Branch> branches = trail.end(Verdict.REJECTED, reason);
    InFlight sent =
        new InFlight(
            frame.packet(),
            frame.mark(),
            Optional.of(device),
            Optional.of(device),
            frame.tracking(),
            frame.arrival());
    note(branches, trail, stack, sent, notice, /* byRule= */ false, /* ownPacket= */ false, true);
    return branches;
  }

  private void note(
      List<Branch> branches,
      Trail trail,
      Stack stack,
      InFlight packet,
      Notice notice,
      boolean byRule,
      boolean ownPacket,
      boolean byTunnel) {
    branches.stream()
        .filter(branch -> branch.verdict() == Verdict.REJECTED && packet.input().isPresent())
        .map(branch ->
            new Refusal(
                stack, packet, notice, byRule, ownPacket, byTunnel, branch, trail.condition()))
        .forEach(refusals::add);
  }
}
