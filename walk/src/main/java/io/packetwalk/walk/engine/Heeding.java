package io.packetwalk.walk.engine;

import io.packetwalk.model.net.Device;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.routing.Vrfs;
import io.packetwalk.wire.layer.IpProtocol;
import java.util.Optional;

/**
 * Whether the socket that asked takes what comes back: one that is bound to a VRF what the VRF gets
 * and nothing else, one that is bound to no device nothing that a VRF gets, but where a setting
 * says so (inet_sk_bound_dev_eq).
 */
final class Heeding {
  private Heeding() {}

  /** Why the socket doesn't take it; empty where it does. */
  static Optional<String> whyNot(Stack stack, Question question, Step arrival) {
    Optional<String> came = Vrfs.of(stack, arrival.device()).map(Device::name);
    Optional<String> bound =
        question.device().flatMap(device -> Vrfs.of(stack, device)).map(Device::name);
    if (came.equals(bound) || (bound.isEmpty() && accepts(stack, question))) {
      return Optional.empty();
    }
    return Optional.of(
        "it comes in by "
            + came.orElse(arrival.device())
            + ", and the socket that asked is bound to "
            + bound.orElse("no VRF"));
  }

  private static boolean accepts(Stack stack, Question question) {
    int protocol = question.probe().protocol(question.to().family());
    return switch (protocol) {
      case IpProtocol.TCP -> stack.number("net/ipv4/tcp_l3mdev_accept").orElse(0) != 0;
      case IpProtocol.UDP -> stack.number("net/ipv4/udp_l3mdev_accept").orElse(0) != 0;
      default -> stack.number("net/ipv4/raw_l3mdev_accept").orElse(1) != 0;
    };
  }
}
