package io.packetwalk.lab.plan;

/**
 * An Egress of Antrea: what pods of one app send to the outside leaves by one node, from one
 * address.
 *
 * @param node which has the address
 */
public record PlannedEgress(String name, String app, PlannedNode node, String address) {}
