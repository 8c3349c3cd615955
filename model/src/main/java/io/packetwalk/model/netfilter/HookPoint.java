package io.packetwalk.model.netfilter;

/** The place in the stack where a base chain hangs. */
public enum HookPoint {
  INGRESS,
  EGRESS,
  PREROUTING,
  INPUT,
  FORWARD,
  OUTPUT,
  POSTROUTING
}
