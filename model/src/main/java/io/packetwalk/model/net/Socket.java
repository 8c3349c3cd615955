package io.packetwalk.model.net;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import java.util.Optional;

/**
 * A socket that waits for packets, as {@code ss} lists it.
 *
 * @param protocol number of the protocol over IP
 * @param address the only local address that it waits at; empty for every address
 * @param bothFamilies whether it takes IPv4 and IPv6 ({@code *:PORT})
 * @param device the only device that it waits at
 * @param process who has it, as shown
 */
public record Socket(
    int protocol,
    Optional<IpAddress> address,
    boolean ipv6,
    boolean bothFamilies,
    int port,
    Optional<String> device,
    Optional<String> process,
    Source source) {}
