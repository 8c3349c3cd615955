package io.packetwalk.walk;

import io.packetwalk.wire.IpAddress;
import java.util.Optional;

/**
 * Which packet to walk.
 *
 * @param from where it starts
 * @param to its destination address as its sender writes it
 * @param source its source address; chosen as the kernel chooses when empty
 * @param probe what it carries
 * @param hopLimit of the packet as sent, 64 on Linux by default
 */
public record Question(
    Origin from, IpAddress to, Optional<IpAddress> source, Probe probe, int hopLimit) {}
