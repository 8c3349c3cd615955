package io.packetwalk.walk.netfilter;

/** Where netfilter looks at a packet on its way through the IP stack. */
public enum Hook {
  PREROUTING,
  INPUT,
  FORWARD,
  OUTPUT,
  POSTROUTING
}
