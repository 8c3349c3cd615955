package io.packetwalk.model.netfilter;

/** How many packets and bytes a rule or a chain's policy had met when it was listed. */
public record Counter(long packets, long bytes) {}
