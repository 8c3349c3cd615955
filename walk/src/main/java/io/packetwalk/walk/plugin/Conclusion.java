package io.packetwalk.walk.plugin;

import java.util.List;

/**
 * That a plugin is at work, and how.
 *
 * @param plugin its name as its makers write it
 * @param modes how it carries packets between nodes, in words; several where address blocks differ
 *     or the state contradicts itself, none where the state doesn't tell
 * @param opaque whether eBPF programs decide, which no table in a state shows
 * @param signs what speaks for it, the strongest first
 * @param contradictions what doesn't fit
 */
public record Conclusion(
    String plugin,
    List<String> modes,
    boolean opaque,
    List<Sign> signs,
    List<Sign> contradictions) {
  public Conclusion {
    modes = List.copyOf(modes);
    signs = List.copyOf(signs);
    contradictions = List.copyOf(contradictions);
  }
}
