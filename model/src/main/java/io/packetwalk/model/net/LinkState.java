package io.packetwalk.model.net;

/** The operational state of a device (RFC 2863's, as the kernel keeps it). */
public enum LinkState {
  UP,
  DOWN,
  LOWER_LAYER_DOWN,
  DORMANT,
  NOT_PRESENT,
  TESTING,
  /** The driver doesn't tell, as tunnels and loopback never do; or it wasn't shown. */
  UNKNOWN
}
