package io.packetwalk.wire.layer;

/** A header below the Internet Protocol that isn't Ethernet's. */
public sealed interface LinkHeader extends Layer
    permits Llc, LinuxCooked, LinuxCooked2, Loopback, NetfilterLog, Ppp, Pppoe {}
