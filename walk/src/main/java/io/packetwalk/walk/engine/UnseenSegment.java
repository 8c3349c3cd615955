package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.UnlistedBridge;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * Carries frames to a pod whose subnet is on a device that nobody listed: a bridge, most likely,
 * with ports that nobody listed either.
 */
final class UnseenSegment {
  private static final String POD_DEVICE = "eth0";

  private final Engine engine;

  UnseenSegment(Engine engine) {
    this.engine = engine;
  }

  /** Empty when no pod of that node has the address there. */
  Optional<List<Branch>> toPod(
      Trail trail, Stack host, InFlight frame, String device, IpAddress nextHop) {
    return engine.world.owners(nextHop).stream()
        .filter(owner -> isPodOf(owner, host.id()))
        .flatMap(owner ->
            UnlistedBridge.of(engine.world, owner.namespace(), nextHop)
                .filter(near -> near.device().equals(device))
                .map(near -> arrive(trail, frame, owner, near))
                .stream())
        .findFirst();
  }

  private static boolean isPodOf(World.Owner owner, NamespaceId host) {
    return !owner.namespace().isHost() && owner.namespace().node().equals(host.node());
  }

  private List<Branch> arrive(
      Trail trail, InFlight frame, World.Owner owner, UnlistedBridge.Near near) {
    return engine.ingress.receive(
        trail.assuming(UnlistedBridge.assumption(owner.namespace(), near)),
        engine.stack(owner.namespace()),
        owner.address().device().orElse(POD_DEVICE),
        frame.withMark(0),
        List.of(owner.address().source()));
  }
}
