package io.packetwalk.model;

/**
 * The proof that something came up while somebody was looking: the same command, given earlier in
 * the same place, hadn't listed it.
 *
 * @param absentFrom the command line of the last listing without it
 * @param firstSeen the line that showed it first
 */
public record Appearance(Source absentFrom, Source firstSeen) {}
