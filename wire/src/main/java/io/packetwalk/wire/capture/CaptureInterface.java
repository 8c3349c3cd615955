package io.packetwalk.wire.capture;

import io.packetwalk.wire.LinkType;

/**
 * A place where frames were captured.
 *
 * @param snapLength the most bytes of a frame that were kept; zero for no limit
 * @param name the device, or node, namespace and device; empty when the capture doesn't say
 * @param description what a person wrote about it; may be empty
 * @param filter the capture filter; may be empty
 * @param clock how its timestamps count
 */
public record CaptureInterface(
    LinkType linkType,
    int snapLength,
    String name,
    String description,
    String filter,
    TimestampClock clock) {

  /** An interface of which nothing is known but its link type and how it counts time. */
  public static CaptureInterface of(LinkType linkType, int snapLength, TimestampClock clock) {
    return new CaptureInterface(linkType, snapLength, "", "", "", clock);
  }
}
