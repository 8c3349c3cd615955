package io.packetwalk.model.openflow;

import io.packetwalk.model.Source;

/**
 * A meter: drops what exceeds a rate.
 *
 * @param bands as they are written
 */
public record Meter(long id, String bands, Source source) {}
