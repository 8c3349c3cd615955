package io.packetwalk.proof;

import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Step;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.decode.Decoder;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Vxlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The copies of a frame that a tunnel's device sends to remote ends which a branch doesn't lead to.
 *
 * @param sent the steps of the branch in which it sends one of several
 * @param places the devices at which the branch has the frame without the tunnel's headers
 */
record HeadCopies(List<Step> sent, Set<String> places) {
  static HeadCopies of(Branch branch) {
    return new HeadCopies(
        branch.steps().stream()
            .filter(step -> step.action() == Action.ENCAPSULATE)
            .filter(step -> step.decision().endsWith(" copies"))
            .toList(),
        branch.steps().stream()
            .filter(step -> !isWrapped(step.packet()))
            .map(step -> step.place().node() + ":" + step.place().name() + " " + step.device())
            .collect(Collectors.toSet()));
  }

  void removeFrom(List<Truth.Seen> seen) {
    if (!sent.isEmpty()) {
      seen.removeIf(frame -> sent.stream().anyMatch(step -> isOther(step, frame)));
    }
  }

  private boolean isOther(Step step, Truth.Seen seen) {
    Packet frame = new Decoder().decode(LinkType.ETHERNET, seen.headers(), 65535).packet();
    if (inner(frame).isEmpty() || !inner(frame).equals(inner(step.packet()))) {
      return false;
    }
    return isWrapped(frame)
        ? !outer(frame).equals(outer(step.packet()))
        : !places.contains(seen.where());
  }

  private static boolean isWrapped(Packet frame) {
    return frame.first(Vxlan.class).isPresent();
  }

  private static Optional<Ip> ip(Packet packet) {
    return packet.layers().stream().filter(Ip.class::isInstance).map(Ip.class::cast).findFirst();
  }

  private static Optional<Object> outer(Packet packet) {
    return ip(packet).map(Ip::destination);
  }

  /** The link-layer addresses of what is carried. */
  private static Optional<Object> inner(Packet packet) {
    return packet.layers().reversed().stream()
        .filter(Ethernet.class::isInstance)
        .map(Ethernet.class::cast)
        .findFirst()
        .map(link -> List.of(link.source(), link.destination()));
  }
}
