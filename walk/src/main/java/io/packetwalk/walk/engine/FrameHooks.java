package io.packetwalk.walk.engine;

import io.packetwalk.model.net.Device;
import io.packetwalk.model.netfilter.HookPoint;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.ArpAtDevice;
import io.packetwalk.walk.netfilter.ArpMessage;
import io.packetwalk.walk.netfilter.Hook;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.layer.Ethernet;
import java.util.List;
import java.util.Optional;

/**
 * Lets frames pass nftables' chains at devices, as a device hands a frame up (nf_ingress, in
 * __netif_receive_skb_core) and as one is given a frame to send (nf_hook_egress, in
 * __dev_queue_xmit), and those of the bridge family.
 */
final class FrameHooks {
  private final Engine engine;

  FrameHooks(Engine engine) {
    this.engine = engine;
  }

  List<Branch> ingress(Trail trail, Stack stack, InFlight frame, String device, Continuation next) {
    return pass(Hook.INGRESS, HookPoint.INGRESS, trail, stack, frame, device, next);
  }

  List<Branch> egress(Trail trail, Stack stack, InFlight frame, String device, Continuation next) {
    return pass(Hook.EGRESS, HookPoint.EGRESS, trail, stack, frame, device, next);
  }

  private List<Branch> pass(
      Hook hook,
      HookPoint point,
      Trail trail,
      Stack stack,
      InFlight frame,
      String device,
      Continuation next) {
    if (!FrameRules.areAt(stack, device, point)) {
      return next.go(trail, frame);
    }
    if (Headers.ip(frame.packet()).isEmpty()) {
      return withoutIp(
          ArpAtDevice.of(stack.namespace(), device, point, ArpMessage.of(frame.packet())),
          trail,
          stack,
          frame,
          device,
          next);
    }
    Optional<Assumption> unwalked =
        Tags.of(frame.packet()).flatMap(tag -> FrameRules.aboutTagged(stack, device, point));
    if (unwalked.isPresent()) {
      return trail.undetermined(unwalked.get());
    }
    return engine.hooks.pass(
        hook,
        trail,
        stack,
        hook == Hook.INGRESS
            ? inside(
                frame,
                Optional.of(device),
                Optional.empty(),
                isForAnother(stack, device, Headers.ethernet(frame.packet())))
            : inside(frame, frame.input(), Optional.of(device), false),
        (passed, after) -> next.go(passed, outside(frame, after)));
  }

  /** At a hook that frames pass which came in by a port of the bridge and go to none yet. */
  List<Branch> fromPort(
      Hook hook,
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      String port,
      Continuation next) {
    Optional<String> from = Optional.of(port);
    return onBridge(hook, trail, stack, frame, bridge, from, Optional.empty(), from, next);
  }

  /**
   * Lets a frame on a bridge pass the chains of one of its hooks.
   *
   * @param from the port that it came in by; empty where the hook doesn't tell
   * @param to the port that it is to leave by
   * @param entrance the port that it came into the bridge by, if it did
   */
  List<Branch> onBridge(
      Hook hook,
      Trail trail,
      Stack stack,
      InFlight frame,
      String bridge,
      Optional<String> from,
      Optional<String> to,
      Optional<String> entrance,
      Continuation next) {
    if (stack.namespace().netfilter().tablesOfBridges().isEmpty()
        || Headers.ip(frame.packet()).isEmpty()) {
      return next.go(trail, frame);
    }
    Optional<Assumption> unwalked =
        FrameRules.ofBridge(stack, bridge, Tags.of(frame.packet()).isPresent());
    if (unwalked.isPresent()) {
      return trail.undetermined(unwalked.get());
    }
    boolean another =
        entrance.isPresent()
            && isForAnother(stack, entrance.get(), Headers.ethernet(frame.packet()))
            && isForAnother(stack, bridge, Headers.ethernet(frame.packet()));
    return engine.hooks.pass(
        hook,
        trail,
        stack,
        inside(frame, from, to, another),
        (passed, after) -> next.go(passed, outside(frame, after)));
  }

  /** The packet in the frame, with the devices and the link-layer header that rules see. */
  private static InFlight inside(
      InFlight frame, Optional<String> from, Optional<String> to, boolean another) {
    InFlight.Arrival arrival = InFlight.Arrival.of(Headers.ethernet(frame.packet()));
    return new InFlight(
        Headers.withoutLink(frame.packet()),
        frame.mark(),
        from,
        to,
        frame.tracking(),
        another ? arrival.forAnother() : arrival);
  }

  private static boolean isForAnother(Stack stack, String device, Optional<Ethernet> link) {
    return link.isPresent()
        && !link.get().destination().isGroup()
        && stack
            .device(device)
            .flatMap(Device::mac)
            .filter(own -> !own.equals(link.get().destination()))
            .isPresent();
  }

  /** The frame with what rules have made of what is in it. */
  private static InFlight outside(InFlight frame, InFlight after) {
    return frame
        .withPacket(Headers.withinLinkOf(frame.packet(), after.packet()))
        .withMark(after.mark())
        .withTracking(after.tracking());
  }

  private static List<Branch> withoutIp(
      ArpAtDevice.Finding finding,
      Trail trail,
      Stack stack,
      InFlight frame,
      String device,
      Continuation next) {
    return switch (finding.outcome()) {
      case PASSES -> next.go(trail, frame);
      case OPEN -> trail.undetermined(ArpFilter.notWalked(stack, finding));
      case DROPPED -> {
        Step step =
            new Step(
                stack.id(),
                device,
                Stage.PREROUTING,
                Action.DROP,
                finding.where() + " drops ARP at " + device,
                finding.evidence(),
                frame.packet());
        yield trail.then(step).end(Verdict.DROPPED, stack.id() + ": " + step.decision());
      }
    };
  }
}
