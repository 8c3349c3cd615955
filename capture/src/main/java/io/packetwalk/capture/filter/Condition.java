package io.packetwalk.capture.filter;

import io.packetwalk.wire.IpPrefix;
import io.packetwalk.wire.decode.LayerKind;

/**
 * A condition on the layers of a packet. One of them suffices, however deep it is; quoted packets
 * count as well.
 */
sealed interface Condition {
  record And(Condition first, Condition second) implements Condition {}

  record Or(Condition first, Condition second) implements Condition {}

  record Not(Condition condition) implements Condition {}

  /** An IP or ARP address of a layer is in the block. */
  record Address(Side side, IpPrefix block) implements Condition {}

  /** A port of a layer is this one. */
  record Port(Side side, int number) implements Condition {}

  /** A layer is of this kind. */
  record Kind(LayerKind kind) implements Condition {}

  /** A VXLAN or Geneve header has this network identifier. */
  record Vni(int number) implements Condition {}

  /** Which end of a packet is meant. */
  enum Side {
    SOURCE,
    DESTINATION,
    EITHER
  }
}
