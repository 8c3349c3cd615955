package io.packetwalk.walk.gap;

/**
 * Something that a full walk may need and that the state doesn't show.
 *
 * @param place where it is missing: a node, a namespace of it as {@code NODE:NAME}, a pod, or
 *     {@code cluster}
 * @param fact what is missing, without an article or full stop
 * @param command what shows it, with the place where to run it
 */
public record Gap(String place, String fact, String command) {}
