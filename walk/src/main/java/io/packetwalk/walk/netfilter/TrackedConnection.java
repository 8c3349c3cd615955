package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Source;
import java.util.Optional;

/**
 * A connection as a namespace tracks it: its first packet's addresses, and those that the answer
 * will have.
 *
 * @param sourceSettled whether it is decided what the source is translated to, if to anything
 * @param destinationSettled the same for the destination
 * @param listed the line that shows the connection; empty for one that the walk itself made
 */
public record TrackedConnection(
    Tuple original,
    Tuple reply,
    int mark,
    int zone,
    boolean seenReply,
    boolean assured,
    boolean sourceSettled,
    boolean destinationSettled,
    Optional<Source> listed) {

  /** A connection of which this is the first packet. */
  static TrackedConnection first(Tuple original, int zone) {
    return new TrackedConnection(
        original, original.inverted(), 0, zone, false, false, false, false, Optional.empty());
  }

  /** Whether the first packet's source isn't the one that the answer goes to. */
  public boolean isSourceTranslated() {
    Tuple plain = original.inverted();
    return !plain.destination().equals(reply.destination())
        || plain.destinationPort() != reply.destinationPort();
  }

  /** Whether the first packet's destination isn't the one that the answer comes from. */
  public boolean isDestinationTranslated() {
    Tuple plain = original.inverted();
    return !plain.source().equals(reply.source()) || plain.sourcePort() != reply.sourcePort();
  }

  TrackedConnection withMark(int changed) {
    return new TrackedConnection(
        original,
        reply,
        changed,
        zone,
        seenReply,
        assured,
        sourceSettled,
        destinationSettled,
        listed);
  }

  TrackedConnection answered() {
    return new TrackedConnection(
        original, reply, mark, zone, true, assured, sourceSettled, destinationSettled, listed);
  }

  /** With what one side is translated to; {@code forward} is the first packet from then on. */
  TrackedConnection settled(boolean source, Tuple forward) {
    return new TrackedConnection(
        original,
        forward.inverted(),
        mark,
        zone,
        seenReply,
        assured,
        sourceSettled || source,
        destinationSettled || !source,
        listed);
  }
}
