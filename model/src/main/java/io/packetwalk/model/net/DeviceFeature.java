package io.packetwalk.model.net;

import io.packetwalk.model.Source;

/**
 * A line about a device beside its settings: an offload, a counter or the driver that {@code
 * ethtool} gives, or a program that {@code tc} or {@code bpftool} shows at it.
 *
 * @param name of a program: where it sits, {@code ingress}, {@code egress} or {@code xdp}
 */
public record DeviceFeature(String device, Topic topic, String name, String value, Source source) {
  /** What the line is about. */
  public enum Topic {
    OFFLOAD,
    STATISTIC,
    DRIVER,
    /** A filter, an eBPF program or a queue that may change or lose packets. */
    PROGRAM
  }
}
