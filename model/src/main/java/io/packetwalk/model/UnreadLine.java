package io.packetwalk.model;

/**
 * A line that the program doesn't understand, and why.
 *
 * @param command the command whose output it is in; empty for lines outside of any
 * @param note whether it is taken for something a person wrote between outputs
 */
public record UnreadLine(Source source, String command, String reason, boolean note) {}
