package io.packetwalk.capture;

import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.LayerKind;
import java.util.ArrayList;
import java.util.List;

/** The stacks of headers that were seen, numbered in the order of their first packet. */
final class LayerStacks {
  private static final int MOST = 4096;

  private final List<List<LayerKind>> stacks = new ArrayList<>();
  private final LayerKind[][] known = new LayerKind[MOST][];
  private int last;

  /** The number of this frame's stack; frames mostly have that of the frame before. */
  int number(Dissection dissection) {
    if (last < stacks.size() && isStack(known[last], dissection)) {
      return last;
    }
    for (int number = 0; number < stacks.size(); number++) {
      if (isStack(known[number], dissection)) {
        last = number;
        return number;
      }
    }
    return add(dissection);
  }

  /** The number of a stack that somebody else has seen. */
  int number(List<LayerKind> stack) {
    int number = stacks.indexOf(stack);
    return number < 0 ? add(stack.toArray(LayerKind[]::new)) : number;
  }

  private int add(Dissection dissection) {
    LayerKind[] kinds = new LayerKind[dissection.count()];
    for (int layer = 0; layer < kinds.length; layer++) {
      kinds[layer] = dissection.kind(layer);
    }
    return add(kinds);
  }

  private int add(LayerKind[] kinds) {
    if (stacks.size() == MOST) {
      return MOST - 1;
    }
    known[stacks.size()] = kinds;
    stacks.add(List.of(kinds));
    last = stacks.size() - 1;
    return last;
  }

  private static boolean isStack(LayerKind[] kinds, Dissection dissection) {
    if (kinds.length != dissection.count()) {
      return false;
    }
    for (int layer = kinds.length - 1; layer >= 0; layer--) {
      if (kinds[layer] != dissection.kind(layer)) {
        return false;
      }
    }
    return true;
  }

  List<LayerKind> stack(int number) {
    return stacks.get(number);
  }
}
