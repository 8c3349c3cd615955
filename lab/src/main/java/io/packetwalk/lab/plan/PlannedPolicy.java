package io.packetwalk.lab.plan;

/**
 * A network policy: the pods of one app may be asked by those of another, on one port, and by
 * nobody else.
 *
 * @param allowedApp empty when nobody may ask
 */
public record PlannedPolicy(
    String namespace, String name, String app, String allowedApp, int port) {}
