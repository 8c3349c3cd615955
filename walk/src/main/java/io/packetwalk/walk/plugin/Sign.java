package io.packetwalk.walk.plugin;

import io.packetwalk.model.Source;

/**
 * Something in a state that speaks for a conclusion, or against it.
 *
 * @param meaning what the line shows, without a full stop
 */
public record Sign(String meaning, Source source) {}
