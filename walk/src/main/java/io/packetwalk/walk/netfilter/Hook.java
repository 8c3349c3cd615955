package io.packetwalk.walk.netfilter;

/** Where netfilter looks at a packet: on its way through the IP stack, at devices, on bridges. */
public enum Hook {
  /** As a device hands a frame up. */
  INGRESS,
  /** As a device is given a frame to send. */
  EGRESS,
  /** As a bridge takes a frame from a port, before it calls the IP hooks. */
  BRIDGE_PREROUTING,
  /** The same, behind the IP hooks. */
  BRIDGE_PREROUTED,
  /** As a bridge hands a frame to its own stack. */
  BRIDGE_INPUT,
  /** As a bridge passes a frame on to a port, before it calls the IP hooks. */
  BRIDGE_FORWARD,
  /** The same, behind the IP hooks. */
  BRIDGE_FORWARDED,
  /** As a bridge sends what its own stack gives it. */
  BRIDGE_OUTPUT,
  /** As a bridge gives a frame to a port. */
  BRIDGE_POSTROUTING,
  PREROUTING,
  INPUT,
  FORWARD,
  OUTPUT,
  POSTROUTING;

  /** Whether whole frames are looked at there. */
  public boolean isOfFrames() {
    return switch (this) {
      case INGRESS,
          EGRESS,
          BRIDGE_PREROUTING,
          BRIDGE_PREROUTED,
          BRIDGE_INPUT,
          BRIDGE_FORWARD,
          BRIDGE_FORWARDED,
          BRIDGE_OUTPUT,
          BRIDGE_POSTROUTING ->
          true;
      case PREROUTING, INPUT, FORWARD, OUTPUT, POSTROUTING -> false;
    };
  }
}
