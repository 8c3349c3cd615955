package io.packetwalk.walk.engine;

import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Bonds;
import io.packetwalk.walk.topology.Cable;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends what leaves by a bond out of one of its members (bond_start_xmit). */
final class BondOutput {
  private final Engine engine;

  BondOutput(Engine engine) {
    this.engine = engine;
  }

  /**
   * Out of the active member, or of each that has a link with its share. Where cables lead out of
   * the state it makes no difference which of them is taken.
   */
  List<Branch> send(
      Trail trail,
      Stack stack,
      InFlight frame,
      String bond,
      DeviceKind.Bond kind,
      Optional<IpAddress> nextHop) {
    List<Device> members = stack.namespace().links().membersOf(bond);
    List<Device> sending = Bonds.sending(stack.namespace(), bond, kind);
    if (members.isEmpty() || (sending.size() > 1 && isOutside(stack, sending))) {
      return engine.underlay.cross(trail, stack, frame, bond, nextHop);
    }
    if (sending.isEmpty()) {
      return dropped(trail, stack, frame, bond, members);
    }
    List<Branch> branches = new ArrayList<>();
    for (Device member : sending) {
      branches.addAll(
          engine.egress.send(
              trail.weighing(1.0 / sending.size()), stack, frame, member.name(), nextHop));
    }
    return branches;
  }

  private boolean isOutside(Stack stack, List<Device> members) {
    return members.stream()
        .allMatch(member ->
            engine.world.cabling().from(stack.id(), member.name()) instanceof Cable.Outside);
  }

  private static List<Branch> dropped(
      Trail trail, Stack stack, InFlight frame, String bond, List<Device> members) {
    String why = bond + " drops it: none of its members has a link";
    Step step =
        new Step(
            stack.id(),
            bond,
            Stage.EGRESS,
            Action.DROP,
            why,
            members.stream().map(Device::source).toList(),
            frame.packet());
    return trail.then(step).end(Verdict.DROPPED, stack.id() + ": " + why);
  }
}
