package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.Group;
import java.util.List;

/**
 * What is hashed to make a choice: a packet that comes twice to the same one with the same headers
 * gets the same result twice.
 *
 * @param bridge the switch
 * @param chooser the group's number, or the action that chooses
 * @param headers what is hashed of the packet
 */
record HashInput(String bridge, Object chooser, FlowState headers) {
  /** The hashes of the data path and of actions cover no more than these. */
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
    List<FlowField> fields = group.hashed().isEmpty() ? DEFAULT : group.hashed();
    return new HashInput(pass.tables.bridge().name(), group.id(), headers(pass, fields));
  }

  /**
   * @param arguments the action's, of which the first names what it hashes
   */
  static HashInput of(Pass pass, FlowAction action, String arguments) {
    List<FlowField> fields =
        switch (arguments.split(",", 2)[0].strip()) {
          case "eth_src" -> List.of(FlowFields.ETH_SRC);
          case "nw_src" -> List.of(FlowFields.NW_SRC, FlowFields.IPV6_SRC);
          case "nw_dst" -> List.of(FlowFields.NW_DST, FlowFields.IPV6_DST);
          default -> DEFAULT;
        };
    return new HashInput(pass.tables.bridge().name(), action, headers(pass, fields));
  }

  private static FlowState headers(Pass pass, List<FlowField> fields) {
    long[] words = new long[FlowFields.WORDS];
    for (FlowField field : fields) {
      Vector.write(words, field, pass.value(field));
    }
    return new FlowState(words);
  }
}
