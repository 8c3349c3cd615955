package io.packetwalk.walk.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Connection;
import io.packetwalk.model.openflow.Bits;
import java.util.Optional;

/**
 * A connection that a {@code ct(commit)} of this walk put into the tracker.
 *
 * @param original the tuple of the packet that made it, as it came
 * @param reply the tuple that answers will have
 * @param opening whether a SYN made it and the tracker has seen no answer since
 * @param source the flow that did it
 */
public record Commit(
    int zone,
    int protocol,
    Connection.End original,
    Connection.End reply,
    int mark,
    Bits label,
    boolean opening,
    Optional<Source> source) {
  Commit with(Source flow) {
    return new Commit(zone, protocol, original, reply, mark, label, opening, Optional.of(flow));
  }

  /** The same connection once an answer has come. */
  Commit seeingAnswer() {
    return new Commit(zone, protocol, original, reply, mark, label, /* opening= */ false, source);
  }

  /** The same connection as another commit leaves it: with its mark and label. */
  Commit with(TrackingRequest request) {
    return new Commit(
        zone,
        protocol,
        original,
        reply,
        request.markAfter(mark),
        request.labelAfter(label),
        opening,
        source);
  }
}
