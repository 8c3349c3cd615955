package io.packetwalk.model.openflow;

import io.packetwalk.model.Source;

/**
 * Which Geneve option a {@code tun_metadata} field stands for.
 *
 * @param length in bytes
 * @param index of the field
 */
public record TunnelOption(int optionClass, int type, int length, int index, Source source) {}
