package io.packetwalk.model;

/**
 * A line of tcpdump's text output: a packet that somebody saw.
 *
 * @param device where the capture ran, when the command says
 * @param time as printed
 * @param text what was seen, without the time
 */
public record Sighting(
    NamespaceId place,
    java.util.Optional<String> device,
    String time,
    String text,
    Source source) {}
