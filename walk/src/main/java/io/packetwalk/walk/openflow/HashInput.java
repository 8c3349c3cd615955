package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.Group;
import java.util.List;

/**
 * What a select group hashes: a packet that comes to it twice with the same headers gets the same
 * bucket twice.
 *
 * @param headers those that are hashed: what the group names, or what its default covers
 */
record HashInput(String bridge, long group, FlowState headers) {
  /** The data path's own hash and that of {@code hash} without fields cover no more than these. */
  private static final List<FlowField> DEFAULT =
      List.of(
          FlowFields.ETH_DST,
          FlowFields.ETH_SRC,
          FlowFields.ETH_TYPE,
          FlowFields.VLAN_TCI,
          FlowFields.NW_SRC,
          FlowFields.NW_DST,
          FlowFields.IPV6_SRC,
          FlowFields.IPV6_DST,
          FlowFields.NW_PROTO,
          FlowFields.TP_SRC,
          FlowFields.TP_DST);

  static HashInput of(Pass pass, Group group) {
    long[] words = new long[FlowFields.WORDS];
    for (FlowField field : group.hashed().isEmpty() ? DEFAULT : group.hashed()) {
      Vector.write(words, field, pass.value(field));
    }
    return new HashInput(pass.tables.bridge().name(), group.id(), new FlowState(words));
  }
}
