package io.packetwalk.walk.routing;

import io.packetwalk.model.Source;
import io.packetwalk.walk.Assumption;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the table {@code local} would hold where nobody listed it: it follows from the addresses.
 */
final class OwnDestination {
  private static final int LONGEST_WITH_BROADCAST = 30;

  private OwnDestination() {}

  static Optional<RouteDecision> find(
      Stack stack, IpAddress destination, List<Assumption> assumptions) {
    Optional<LocalAddress> own = stack.own(destination).or(() -> loopback(stack, destination));
    if (own.isPresent()) {
      return Optional.of(new RouteDecision.OwnAddress(own.get(), assumptions));
    }
    return stack.addresses().stream()
        .filter(address -> isBroadcast(address, destination))
        .findFirst()
        .map(subnet -> new RouteDecision.Broadcast(subnet, assumptions));
  }

  /** 127.0.0.0/8 and ::1 belong to every stack (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). */
  private static Optional<LocalAddress> loopback(Stack stack, IpAddress destination) {
    if (!destination.isLoopback()) {
      return Optional.empty();
    }
    return Optional.of(
        new LocalAddress(
            destination,
            Optional.of("lo"),
            OptionalInt.empty(),
            LocalAddress.Origin.LOCAL_TABLE,
            stack.namespace().firstSeen().orElse(new Source("kernel", 1, "loopback"))));
  }

  private static boolean isBroadcast(LocalAddress address, IpAddress destination) {
    if (destination.isLimitedBroadcast()) {
      return true;
    }
    int length = address.prefixLength().orElse(32);
    if (!destination.isIpv4() || !address.address().isIpv4() || length > LONGEST_WITH_BROADCAST) {
      return false;
    }
    IpPrefix subnet = new IpPrefix(address.address(), length);
    int hostBits = length == 0 ? -1 : (1 << (32 - length)) - 1;
    return subnet.contains(destination) && (destination.lowInt() & hostBits) == hostBits;
  }
}
