package io.packetwalk.walk.netfilter;

/**
 * A connection as a namespace tracks it: its first packet's addresses, and those that the answer
 * will have.
 */
public record TrackedConnection(Tuple original, Tuple reply) {}
