package io.packetwalk.model.net;

import io.packetwalk.model.Source;

/**
 * The proof that a device came up while somebody was looking: an earlier listing of the same place
 * hadn't got it.
 *
 * @param absentFrom the command line of the last listing without it
 * @param firstSeen the line that showed it first
 */
public record Appearance(Source absentFrom, Source firstSeen) {}
