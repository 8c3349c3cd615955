package io.packetwalk.model.net;

import io.packetwalk.model.Source;

/** A name that {@code ip netns} gives to a namespace, with the number it is known by there. */
public record NamespaceNumber(String name, java.util.OptionalInt number, Source source) {}
