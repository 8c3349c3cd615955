package io.packetwalk.capture.tap;

import io.packetwalk.model.NamespaceId;

/**
 * A capture point: a device in a network namespace, and the capture that was taken there.
 *
 * @param device the device, or what is known instead: an interface's index or a file's name
 * @param placement how it is known where the capture was taken
 * @param capture the file, as the user named it
 */
public record Tap(NamespaceId place, String device, Placement placement, String capture) {

  /** The node of a capture whose place isn't known. */
  static final String NOWHERE = "?";

  /** How it is known where a capture was taken, the surest first. */
  public enum Placement {
    /** The user said so. */
    TOLD,
    /** The file's path is {@code node/namespace/device.pcap}. */
    PATH,
    /** The capture names its interface {@code node/namespace/device}. */
    INTERFACE,
    /** The node and namespace are known, and the frame holds the device's index there. */
    INDEX,
    /** The addresses in the capture fit no other device of the state as well. */
    GUESS,
    /** It isn't known. */
    NONE
  }

  /** A device in its namespace. */
  public record At(NamespaceId place, String device) {}

  public At at() {
    return new At(place, device);
  }

  /** Whether the place is more than a guess. */
  public boolean isSure() {
    return switch (placement) {
      case TOLD, PATH, INTERFACE, INDEX -> true;
      case GUESS, NONE -> false;
    };
  }

  /**
   * What stamped its frames: the node's clock, or one of its own where the node is a guess or the
   * capture's place isn't known.
   */
  public String clock() {
    boolean known = isSure() || (placement == Placement.NONE && !place.node().equals(NOWHERE));
    return known ? place.node() : capture;
  }

  /** {@code node/namespace/device}, as captures are named. */
  public String name() {
    return place.node() + "/" + place.name() + "/" + device;
  }
}
