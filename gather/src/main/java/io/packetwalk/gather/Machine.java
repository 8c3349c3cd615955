package io.packetwalk.gather;

/**
 * A node whose state is gathered.
 *
 * @param name as its prompt shows it
 * @param reach leads to its own network namespace
 */
public record Machine(String name, Reach reach) {}
