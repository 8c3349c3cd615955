package io.packetwalk.walk;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.wire.IpAddress;

/** Where a packet starts. */
public sealed interface Origin {
  /** A program in this network namespace sends it. */
  record Inside(NamespaceId namespace) implements Origin {}

  /** A machine that the state doesn't show sends it, from this address. */
  record Outside(IpAddress address) implements Origin {}
}
