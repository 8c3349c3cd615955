package io.packetwalk.correlate.survey;

/** The packets that went from one tap to the next, by the taps' numbers, and how long they took. */
public record SegmentUse(int from, int to, DelayHistogram delays) {}
