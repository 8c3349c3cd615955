package io.packetwalk.correlate.match;

/** What is told about each packet when all its sightings are known. */
@FunctionalInterface
public interface PacketSink {
  /** Takes a packet; it is valid only during the call. */
  void packet(SeenPacket packet);
}
