package io.packetwalk.model.net;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;

/** That a device takes packets for a multicast group. */
public record GroupMembership(String device, IpAddress group, Source source) {}
