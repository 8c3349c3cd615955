package io.packetwalk.wire.layer;

/** One header of a packet, or the bytes that follow the last header. */
public sealed interface Layer
    permits Ethernet,
        Vlan,
        Arp,
        Ipv4,
        Ipv6,
        Icmp,
        Icmpv6,
        Tcp,
        Udp,
        Sctp,
        Vxlan,
        Geneve,
        Gre,
        Mpls,
        LinkHeader,
        Encapsulation,
        PartialHeader,
        Payload,
        Trailer {}
