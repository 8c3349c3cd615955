package io.packetwalk.model.cluster;

import io.packetwalk.model.Source;

/**
 * An object that an earlier listing had and the latest one hasn't: gone, or left out by whoever
 * pasted it.
 *
 * @param missingFrom the command line of the listing that no longer has it
 */
public record Former<T>(T object, Source missingFrom) {}
