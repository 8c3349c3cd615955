package io.packetwalk.model;

/**
 * A command that couldn't do its work, or not all of it.
 *
 * @param place where it was run
 * @param name the command's family, such as {@code ip route} or {@code kubectl get pods}
 * @param said the line by which it said so
 */
public record FailedCommand(NamespaceId place, String name, Source said) {}
