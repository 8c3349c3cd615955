package io.packetwalk.model.cluster;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpPrefix;
import java.util.Optional;

/**
 * A Calico IPPool: a block that pod addresses come from.
 *
 * @param ipipMode {@code Always}, {@code CrossSubnet} or {@code Never}, when shown
 * @param vxlanMode likewise
 */
public record IpPool(
    String name,
    IpPrefix cidr,
    Optional<Boolean> natOutgoing,
    Optional<String> ipipMode,
    Optional<String> vxlanMode,
    Optional<Boolean> disabled,
    boolean declared,
    Source source) {}
