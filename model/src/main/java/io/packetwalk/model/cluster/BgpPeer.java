package io.packetwalk.model.cluster;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import java.util.Optional;

/** A Calico BGPPeer: a router that nodes are told to speak BGP with. */
public record BgpPeer(
    String name,
    Optional<IpAddress> address,
    String scope,
    Optional<String> autonomousSystem,
    boolean declared,
    Source source) {}
