package io.packetwalk.model.openflow;

import io.packetwalk.model.Source;

/**
 * A cached decision of the data path, as {@code dpctl/dump-flows} shows it.
 *
 * @param match its key with masks, as written
 * @param actions as written
 */
public record DatapathFlow(String match, String actions, long packets, Source source) {}
