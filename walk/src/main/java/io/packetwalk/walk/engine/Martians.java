package io.packetwalk.walk.engine;

import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.routing.Vrfs;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.layer.Ip;
import java.util.List;
import java.util.Optional;

/**
 * Addresses that nothing from outside may have: the stack's own as a source, loopback, groups
 * (ip_route_input_slow, __fib_validate_source).
 */
final class Martians {
  private Martians() {}

  /** Why the packet isn't let in; empty where nothing is wrong with its addresses. */
  static Optional<SourceCheck.Refused> of(Stack stack, String device, InFlight packet, Ip header) {
    Optional<LocalAddress> own = Vrfs.own(stack, header.source(), device);
    if (own.isPresent() && !acceptsOwn(stack, device)) {
      SourceCheck.Refused refused =
          SourceCheck.refused(
              stack,
              device,
              packet,
              "martian source: " + header.source() + " is this stack's own address",
              List.of(own.get().source()));
      return Optional.of(takenAsOff(refused, stack, "accept_local", device));
    }
    boolean loopbackAllowed =
        Settings.either(stack, IpFamily.IPV4, "route_localnet", device)
            .map(Settings.Flag::on)
            .orElse(false);
    boolean loopback = header.source().isLoopback() || header.destination().isLoopback();
    if ((loopback && !loopbackAllowed)
        || header.source().isMulticast()
        || header.source().isLimitedBroadcast()) {
      SourceCheck.Refused refused =
          SourceCheck.refused(
              stack,
              device,
              packet,
              "martian: " + header.source() + " to " + header.destination(),
              List.of());
      return Optional.of(loopback ? takenAsOff(refused, stack, "route_localnet", device) : refused);
    }
    return Optional.empty();
  }

  /** What would let the packet pass is off unless somebody has switched it on. */
  private static SourceCheck.Refused takenAsOff(
      SourceCheck.Refused refused, Stack stack, String setting, String device) {
    return Settings.either(stack, IpFamily.IPV4, setting, device).isPresent()
        ? refused
        : new SourceCheck.Refused(
            refused.step(),
            List.of(
                new Assumption(
                    setting + " of " + device + " of " + stack.id() + " is off",
                    Commands.in(
                        stack.id(),
                        "sysctl net.ipv4.conf.all.%1$s net.ipv4.conf.%2$s.%1$s"
                            .formatted(setting, device)))));
  }

  static boolean acceptsOwn(Stack stack, String device) {
    return Settings.either(stack, IpFamily.IPV4, "accept_local", device)
        .map(Settings.Flag::on)
        .orElse(false);
  }
}
