package io.packetwalk.correlate.clock;

/** How much faster a clock runs, in parts per million, and how far that may be wrong. */
public record Skew(double partsPerMillion, double bound) {}
