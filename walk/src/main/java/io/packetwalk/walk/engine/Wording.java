package io.packetwalk.walk.engine;

import io.packetwalk.wire.IpPrefix;

/** Phrases that several stages use. */
final class Wording {
  private Wording() {}

  /** A prefix as {@code ip route} writes it. */
  static String prefix(IpPrefix prefix) {
    if (prefix.isAll()) {
      return "default";
    }
    return prefix.isHost() ? prefix.address().toString() : prefix.toString();
  }
}
