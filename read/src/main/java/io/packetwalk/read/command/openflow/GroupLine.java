package io.packetwalk.read.command.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.Group;
import io.packetwalk.model.openflow.PortId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line of {@code ovs-ofctl dump-groups}: {@code group_id=9,type=select,
 * bucket=bucket_id:0,weight:100,actions=…}.
 */
final class GroupLine {
  private GroupLine() {}

  static Optional<Group> parse(String line, Source source) {
    String text = line.substring(Math.max(0, line.indexOf("group_id=")));
    int first = text.indexOf("bucket=");
    String head = first < 0 ? text : text.substring(0, first);
    Optional<Long> id = Numbers.number(Arguments.value(head, "group_id"));
    Optional<Group.Type> type = type(Arguments.value(head, "type"));
    if (id.isEmpty() || type.isEmpty() || !Split.isBalanced(text)) {
      return Optional.empty();
    }
    List<Group.Bucket> buckets = new ArrayList<>();
    int at = first;
    while (at >= 0) {
      int next = text.indexOf("bucket=", at + 7);
      String bucket = text.substring(at + 7, next < 0 ? text.length() : next);
      buckets.add(bucket(bucket, type.get(), buckets.size()));
      at = next;
    }
    return Optional.of(
        new Group(
            id.get(),
            type.get(),
            Arguments.value(head, "selection_method"),
            hashed(head),
            buckets,
            source));
  }

  /** {@code fields(ip_src,ip_dst)}; a field's mask doesn't matter to which one it is. */
  private static List<FlowField> hashed(String head) {
    List<FlowField> fields = new ArrayList<>();
    for (String part : Split.at(head, ',')) {
      if (part.startsWith("fields(") && part.endsWith(")")) {
        for (String name : Split.at(part.substring(7, part.length() - 1), ',')) {
          int mask = name.indexOf('=');
          FieldNames.field(mask < 0 ? name : name.substring(0, mask)).ifPresent(fields::add);
        }
      }
    }
    return fields;
  }

  private static Optional<Group.Type> type(String text) {
    return switch (text) {
      case "all" -> Optional.of(Group.Type.ALL);
      case "select" -> Optional.of(Group.Type.SELECT);
      case "indirect" -> Optional.of(Group.Type.INDIRECT);
      case "ff", "fast_failover" -> Optional.of(Group.Type.FAST_FAILOVER);
      default -> Optional.empty();
    };
  }

  /**
   * {@code bucket_id:0,weight:100,watch_port:1,actions=…}; older dumps leave out {@code actions=}.
   */
  private static Group.Bucket bucket(String text, Group.Type type, int index) {
    long id = index;
    int weight = type == Group.Type.SELECT ? 1 : 0;
    Optional<PortId> watchPort = Optional.empty();
    OptionalLong watchGroup = OptionalLong.empty();
    List<FlowAction> actions = List.of();
    String rest = text.strip();
    while (!rest.isEmpty()) {
      if (rest.startsWith("actions=")) {
        actions = ActionText.parse(withoutEnd(rest.substring(8)));
        break;
      }
      int comma = rest.indexOf(',');
      String part = comma < 0 ? rest : rest.substring(0, comma);
      String value = part.substring(part.indexOf(':') + 1);
      if (part.startsWith("bucket_id:")) {
        id = Numbers.parse(value).orElse(index);
      } else if (part.startsWith("weight:")) {
        weight = Math.max(0, Numbers.decimal(value));
      } else if (part.startsWith("watch_port:")) {
        watchPort = watched(value);
      } else if (part.startsWith("watch_group:")) {
        watchGroup = Numbers.parse(value);
      } else {
        actions = ActionText.parse(withoutEnd(rest));
        break;
      }
      rest = comma < 0 ? "" : rest.substring(comma + 1);
    }
    return new Group.Bucket(id, weight, watchPort, watchGroup, actions);
  }

  private static Optional<PortId> watched(String value) {
    PortId port = TargetText.port(value);
    return port.equals(PortId.of(PortId.ANY)) ? Optional.empty() : Optional.of(port);
  }

  /** The comma before the next bucket is none of the actions'. */
  private static String withoutEnd(String text) {
    String actions = text.strip();
    return actions.endsWith(",") ? actions.substring(0, actions.length() - 1) : actions;
  }
}
