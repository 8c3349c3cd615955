package io.packetwalk.walk.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Connection;
import io.packetwalk.model.openflow.Bits;

/**
 * A connection that a {@code ct(commit)} of this walk put into the tracker.
 *
 * @param original the tuple of the packet that made it, as it came
 * @param reply the tuple that answers will have
 * @param source the flow that did it
 */
public record Commit(
    int zone,
    int protocol,
    Connection.End original,
    Connection.End reply,
    int mark,
    Bits label,
    Source source) {}
