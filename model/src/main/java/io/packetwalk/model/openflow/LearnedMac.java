package io.packetwalk.model.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.wire.MacAddress;

/** An entry of a bridge's own table of MAC addresses, which {@code NORMAL} uses. */
public record LearnedMac(PortId port, int vlan, MacAddress mac, Source source) {}
