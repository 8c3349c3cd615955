package io.packetwalk.correlate;

import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.layer.Packet;
import java.util.Optional;

/** The judgement whether a capture filter lets a packet through. */
@FunctionalInterface
public interface Admission {
  /** Nobody can tell. */
  Admission UNKNOWN = (filter, link, packet) -> Optional.empty();

  /**
   * Whether it does; empty when that can't be told.
   *
   * @param filter as it was given to the program that captured, in tcpdump's language
   * @param link what frames at that tap begin with
   */
  Optional<Boolean> admits(String filter, LinkType link, Packet packet);
}
