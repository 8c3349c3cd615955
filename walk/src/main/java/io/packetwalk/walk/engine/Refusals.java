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
   */
  record Refusal(
      Stack stack,
      InFlight packet,
      Notice notice,
      boolean byRule,
      boolean ownPacket,
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
    note(branches, trail, stack, packet, notice, /* byRule= */ false, /* ownPacket= */ false);
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
    note(branches, trail, stack, here, notice, /* byRule= */ true, packet.input().isEmpty());
    return branches;
  }

  private void note(
      List<Branch> branches,
      Trail trail,
      Stack stack,
      InFlight packet,
      Notice notice,
      boolean byRule,
      boolean ownPacket) {
    branches.stream()
        .filter(branch -> branch.verdict() == Verdict.REJECTED && packet.input().isPresent())
        .map(branch ->
            new Refusal(stack, packet, notice, byRule, ownPacket, branch, trail.condition()))
        .forEach(refusals::add);
  }
}
