package io.packetwalk.walk.seen;

import io.packetwalk.model.Sighting;

/** A line of the state about packets like the one that was walked. */
public record Seen(Sighting sighting, Bearing bearing) {}
