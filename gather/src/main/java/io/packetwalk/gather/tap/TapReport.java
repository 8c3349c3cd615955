package io.packetwalk.gather.tap;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of a tap.
 *
 * @param captured frames that were written
 * @param dropped frames that the kernel had no room for; unknown when the tap didn't end by itself
 * @param failure why it captured less than it should have, when it did
 */
public record TapReport(
    TapPoint point, OptionalLong captured, OptionalLong dropped, Optional<String> failure) {}
