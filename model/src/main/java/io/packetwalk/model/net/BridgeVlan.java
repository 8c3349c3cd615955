package io.packetwalk.model.net;

import io.packetwalk.model.Source;

/** A VLAN that a bridge port is a member of. */
public record BridgeVlan(
    String device, int first, int last, boolean untaggedOut, boolean portVlan, Source source) {}
