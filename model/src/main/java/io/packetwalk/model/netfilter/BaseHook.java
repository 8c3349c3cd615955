package io.packetwalk.model.netfilter;

/**
 * Where a base chain hangs, and what happens at its end.
 *
 * @param priority lower runs earlier
 */
public record BaseHook(ChainType type, HookPoint point, int priority, Policy policy) {
  /** What becomes of a packet that no rule of the chain decides about. */
  public enum Policy {
    ACCEPT,
    DROP
  }
}
