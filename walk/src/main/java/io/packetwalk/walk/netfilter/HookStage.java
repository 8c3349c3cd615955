package io.packetwalk.walk.netfilter;

import java.util.List;

/** One thing that is registered at a hook. */
@FunctionalInterface
interface HookStage {
  /** The packet behind it, way by way; their weights add up to the packet's own. */
  List<Trial> pass(Trial trial);
}
