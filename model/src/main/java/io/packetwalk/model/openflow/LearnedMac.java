package io.packetwalk.model.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.wire.MacAddress;

/**
 * An entry of a bridge's own table of MAC addresses, which {@code NORMAL} uses.
 *
 * @param fixed whether somebody entered it, so that no packet changes it
 */
public record LearnedMac(PortId port, int vlan, MacAddress mac, boolean fixed, Source source) {}
