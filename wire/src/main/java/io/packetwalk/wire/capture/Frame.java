package io.packetwalk.wire.capture;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.LinkType;

/**
 * One captured frame.
 *
 * @param interfaceIndex which of the capture's interfaces saw it
 * @param nanoseconds when, since 1970; zero when the capture doesn't say
 * @param originalLength in bytes, on the wire
 * @param content as much of it as was captured
 */
public record Frame(
    int interfaceIndex, LinkType linkType, long nanoseconds, int originalLength, Bytes content) {}
