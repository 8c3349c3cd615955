package io.packetwalk.model.netfilter;

import java.util.List;

/**
 * Where a base chain hangs, and what happens at its end.
 *
 * @param priority lower runs earlier
 * @param devices those whose packets it sees, for chains at a device, as far as they were shown
 */
public record BaseHook(
    ChainType type, HookPoint point, int priority, Policy policy, List<String> devices) {
  public BaseHook {
    devices = List.copyOf(devices);
  }

  public BaseHook(ChainType type, HookPoint point, int priority, Policy policy) {
    this(type, point, priority, policy, List.of());
  }

  /** Whether it sees packets before or behind the stack, at a device. */
  public boolean isAtDevice() {
    return point == HookPoint.INGRESS || point == HookPoint.EGRESS;
  }

  /** What becomes of a packet that no rule of the chain decides about. */
  public enum Policy {
    ACCEPT,
    DROP
  }
}
