package io.packetwalk.correlate.survey;

import io.packetwalk.correlate.Sight;
import io.packetwalk.correlate.match.Flow;

/**
 * A place where packets of a flow were seen last, though others of it, or the prediction, go on.
 *
 * @param after the tap that saw them last
 * @param next the tap that should have seen them
 * @param sight whether they are absent there for certain
 */
public record DropPoint(Flow flow, int after, int next, long packets, Sight sight) {}
