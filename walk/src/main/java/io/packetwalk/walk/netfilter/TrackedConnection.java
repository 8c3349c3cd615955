package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Source;
import java.util.Optional;

/**
 * A connection as a namespace tracks it: its first packet's addresses, and those that the answer
 * will have.
 *
 * @param opening whether a SYN began it that wasn't answered yet
 * @param sourceSettled whether it is decided what the source is translated to, if to anything
 * @param destinationSettled the same for the destination
 * @param virtual whether IPVS translates the destination: rules' translation leaves it alone then
 * @param listed the line that shows the connection; empty for one that the walk itself made
 */
public record TrackedConnection(
    Tuple original,
    Tuple reply,
    int mark,
    int zone,
    boolean seenReply,
    boolean opening,
    boolean assured,
    boolean sourceSettled,
    boolean destinationSettled,
    boolean virtual,
    Optional<Source> listed) {
  /** No packet is in such a zone. */
  private static final int NOWHERE = -1;

  /** A connection of which this is the first packet. */
  static TrackedConnection first(Tuple original, int zone, boolean opening) {
    return new TrackedConnection(
        original,
        original.inverted(),
        0,
        zone,
        false,
        opening,
        false,
        false,
        false,
        false,
        Optional.empty());
  }

  /** Whether the first packet's source isn't the one that the answer goes to. */
  public boolean isSourceTranslated() {
    Tuple plain = original.inverted();
    return !plain.destination().equals(reply.destination())
        || plain.destinationPort() != reply.destinationPort();
  }

  /**
   * Whether rules have the first packet go to another destination, which the answer comes from.
   * What IPVS does isn't among it (IPS_DST_NAT isn't set).
   */
  public boolean isDestinationTranslated() {
    return !virtual && isAnsweredByAnother();
  }

  /** Whether the first packet's destination isn't the one that the answer comes from. */
  boolean isAnsweredByAnother() {
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
        opening,
        assured,
        sourceSettled,
        destinationSettled,
        virtual,
        listed);
  }

  TrackedConnection answered() {
    return new TrackedConnection(
        original,
        reply,
        mark,
        zone,
        true,
        /* opening= */ false,
        assured,
        sourceSettled,
        destinationSettled,
        virtual,
        listed);
  }

  /** Of which no later packet is. */
  TrackedConnection forgotten() {
    return new TrackedConnection(
        original,
        reply,
        mark,
        NOWHERE,
        seenReply,
        opening,
        assured,
        sourceSettled,
        destinationSettled,
        virtual,
        listed);
  }

  /** The same, with the destination to which IPVS sends it (ip_vs_update_conntrack). */
  TrackedConnection balanced(Tuple forward) {
    return new TrackedConnection(
        original,
        forward.inverted(),
        mark,
        zone,
        seenReply,
        opening,
        assured,
        sourceSettled,
        /* destinationSettled= */ true,
        /* virtual= */ true,
        listed);
  }

  /** With what one side is translated to; {@code forward} is the first packet from then on. */
  TrackedConnection settled(boolean source, Tuple forward) {
    return new TrackedConnection(
        original,
        forward.inverted(),
        mark,
        zone,
        seenReply,
        opening,
        assured,
        sourceSettled || source,
        destinationSettled || !source,
        virtual,
        listed);
  }
}
