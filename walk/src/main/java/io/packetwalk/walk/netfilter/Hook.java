package io.packetwalk.walk.netfilter;

/** Where netfilter looks at a packet: on its way through the IP stack, and at devices. */
public enum Hook {
  /** As a device hands a frame up. */
  INGRESS,
  /** As a device is given a frame to send. */
  EGRESS,
  PREROUTING,
  INPUT,
  FORWARD,
  OUTPUT,
  POSTROUTING
}
