package io.packetwalk.model.net;

import io.packetwalk.model.Source;

/** A line that {@code ethtool} gives about a device: an offload, a counter or the driver. */
public record DeviceFeature(String device, Topic topic, String name, String value, Source source) {
  /** Which of ethtool's views the line is from. */
  public enum Topic {
    OFFLOAD,
    STATISTIC,
    DRIVER
  }
}
