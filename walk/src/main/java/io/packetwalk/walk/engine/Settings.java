package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Sysctl;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpFamily;
import java.util.Optional;

/** The per-device kernel settings, combined as the kernel combines them with {@code all}. */
final class Settings {
  private Settings() {}

  /** A switch, and the line that shows it. */
  record Flag(boolean on, Optional<Source> source) {}

  /** A setting that holds when {@code all} or the device has it (IN_DEV_ORCONF). */
  static Optional<Flag> either(Stack stack, IpFamily family, String name, String device) {
    Optional<Sysctl> all = stack.setting(key(family, "all", name));
    Optional<Sysctl> own = stack.setting(key(family, device, name));
    if (own.filter(Settings::isOn).isPresent()) {
      return own.map(Settings::flag);
    }
    if (all.filter(Settings::isOn).isPresent()) {
      return all.map(Settings::flag);
    }
    return own.map(Settings::flag);
  }

  /** A numeric setting whose larger value of {@code all} and the device counts (IN_DEV_MAXCONF). */
  static Optional<Integer> largest(Stack stack, String name, String device) {
    Optional<Integer> all = stack.number(key(IpFamily.IPV4, "all", name));
    Optional<Integer> own = stack.number(key(IpFamily.IPV4, device, name));
    if (own.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Math.max(own.get(), all.orElse(0)));
  }

  /**
   * Whether packets that come in by a device are forwarded: for IPv4 the device's own setting, for
   * IPv6 that of {@code all}.
   */
  static Optional<Flag> forwarding(Stack stack, IpFamily family, String device) {
    if (family == IpFamily.IPV6) {
      return stack.setting(key(family, "all", "forwarding")).map(Settings::flag);
    }
    return stack
        .setting(key(family, device, "forwarding"))
        .or(() -> stack.setting("net/ipv4/ip_forward"))
        .or(() -> stack.setting(key(family, "all", "forwarding")))
        .map(Settings::flag);
  }

  private static String key(IpFamily family, String device, String name) {
    return "net/" + (family == IpFamily.IPV4 ? "ipv4" : "ipv6") + "/conf/" + device + "/" + name;
  }

  private static Flag flag(Sysctl setting) {
    return new Flag(isOn(setting), Optional.of(setting.source()));
  }

  private static boolean isOn(Sysctl setting) {
    return !setting.value().strip().equals("0");
  }
}
