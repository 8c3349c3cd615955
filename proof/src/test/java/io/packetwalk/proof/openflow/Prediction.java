package io.packetwalk.proof.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.walk.openflow.FieldValue;
import io.packetwalk.walk.openflow.FlowState;
import io.packetwalk.walk.openflow.SwitchBranch;
import io.packetwalk.walk.openflow.SwitchOutput;
import io.packetwalk.walk.openflow.SwitchStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A branch in the words of a trace, and what of the two differs. */
final class Prediction {
  private static final List<FlowField> PLAIN =
      List.of(
          FlowFields.METADATA,
          FlowFields.PACKET_MARK,
          FlowFields.CT_MARK,
          FlowFields.CT_LABEL,
          FlowFields.TUN_ID,
          FlowFields.NW_SRC,
          FlowFields.NW_DST,
          FlowFields.IPV6_SRC,
          FlowFields.IPV6_DST,
          FlowFields.NW_TTL,
          FlowFields.NW_ECN,
          FlowFields.ARP_SPA,
          FlowFields.ARP_TPA,
          FlowFields.ARP_OP,
          FlowFields.ARP_SHA,
          FlowFields.ARP_THA,
          FlowFields.MPLS_LABEL,
          FlowFields.MPLS_TC,
          FlowFields.MPLS_TTL,
          FlowFields.MPLS_BOS,
          FlowFields.ND_TARGET,
          FlowFields.TP_SRC,
          FlowFields.TP_DST);

  private Prediction() {}

  static List<String> hits(SwitchBranch branch) {
    List<String> hits = new ArrayList<>();
    for (SwitchStep step : lookups(branch)) {
      String hit = step.flow().map(flow -> "0x" + Long.toHexString(flow.cookie())).orElse("miss");
      hits.add(step.table().orElseThrow() + ":" + hit);
    }
    return hits;
  }

  private static List<SwitchStep> lookups(SwitchBranch branch) {
    return branch.steps().stream().filter(step -> step.kind() == SwitchStep.Kind.LOOKUP).toList();
  }

  private static boolean hitsSame(SwitchBranch branch, List<String> wanted, Twins twins) {
    List<SwitchStep> lookups = lookups(branch);
    if (lookups.size() != wanted.size()) {
      return false;
    }
    for (int index = 0; index < wanted.size(); index++) {
      if (!twins.isSame(lookups.get(index), wanted.get(index))) {
        return false;
      }
    }
    return true;
  }

  static List<Integer> outputs(SwitchBranch branch, Map<String, Integer> datapathPorts) {
    List<Integer> ports = new ArrayList<>();
    for (SwitchOutput output : branch.outputs()) {
      ports.add(datapathPorts.getOrDefault(output.id().toString(), -1));
    }
    return ports;
  }

  /** Empty when one of the branches is what the trace shows. */
  static Optional<String> disagreement(
      List<SwitchBranch> branches, TraceText wanted, Map<String, Integer> ports, Twins twins) {
    Optional<String> first = Optional.empty();
    for (SwitchBranch branch : branches) {
      Optional<String> difference = difference(branch, wanted, ports, twins);
      if (difference.isEmpty()) {
        return Optional.empty();
      }
      first = first.isPresent() ? first : difference;
    }
    return first;
  }

  /** The first thing that differs; empty when nothing does. */
  static Optional<String> difference(
      SwitchBranch branch, TraceText trace, Map<String, Integer> datapathPorts, Twins twins) {
    if (branch.undetermined().isPresent()) {
      return Optional.of("undetermined: " + branch.undetermined().get());
    }
    if (!hitsSame(branch, trace.hits(), twins)) {
      return Optional.of("flows " + hits(branch) + " instead of " + trace.hits());
    }
    for (int pass = 0; pass < Math.min(branch.ends().size(), trace.ends().size()); pass++) {
      Optional<String> fields = fields(branch.ends().get(pass), trace.ends().get(pass));
      if (fields.isPresent()) {
        int number = pass;
        return fields.map(text -> "pass " + number + ": " + text);
      }
    }
    List<Integer> mine = new ArrayList<>(outputs(branch, datapathPorts));
    List<Integer> theirs = new ArrayList<>(trace.outputs());
    if (trace.floods()) {
      // To many ports Open vSwitch sends in the order of a hash table.
      Collections.sort(mine);
      Collections.sort(theirs);
    }
    return mine.equals(theirs)
        ? Optional.empty()
        : Optional.of("outputs %s instead of %s".formatted(mine, theirs));
  }

  private static Optional<String> fields(FlowState state, Map<String, String> wanted) {
    Map<String, String> mine = new TreeMap<>();
    for (int index = 0; index < FlowFields.REGISTERS; index++) {
      put(mine, state, FlowFields.register(index));
    }
    PLAIN.forEach(field -> put(mine, state, field));
    put(mine, state, FlowFields.ETH_SRC);
    mine.put("dl_src", mine.remove("eth_src"));
    put(mine, state, FlowFields.ETH_DST);
    mine.put("dl_dst", mine.remove("eth_dst"));
    for (Map.Entry<String, String> entry : mine.entrySet()) {
      String expected = wanted.get(translated(entry.getKey(), wanted));
      boolean register = entry.getKey().startsWith("reg");
      if (expected == null && (register || isMetadata(entry.getKey()))) {
        expected = "0x0";
      }
      // Without the flag that says that there is one, a trace leaves out a tunnel's key.
      boolean hidden = entry.getKey().equals("tun_id") && wanted.containsKey("tun_dst");
      if (expected != null && !hidden && !expected.equals(entry.getValue())) {
        return Optional.of(entry.getKey() + " is " + entry.getValue() + " instead of " + expected);
      }
    }
    return vlan(state, wanted).or(() -> tracking(state, wanted));
  }

  private static boolean isMetadata(String name) {
    return List.of("metadata", "pkt_mark", "ct_mark", "ct_label", "tun_id").contains(name);
  }

  private static String translated(String name, Map<String, String> wanted) {
    return switch (name) {
      case "tp_src" -> wanted.containsKey("icmp_type") ? "icmp_type" : "tp_src";
      case "tp_dst" -> wanted.containsKey("icmp_code") ? "icmp_code" : "tp_dst";
      case "mpls_label", "mpls_tc", "mpls_ttl", "mpls_bos" ->
          wanted.containsKey(name + "0") ? name + "0" : name;
      default -> name;
    };
  }

  private static Optional<String> vlan(FlowState state, Map<String, String> wanted) {
    long control = state.number(FlowFields.VLAN_TCI);
    String expected = wanted.get("dl_vlan");
    if (expected == null) {
      String tci = wanted.getOrDefault("vlan_tci", "0x0000");
      return tci.equals("0x%04x".formatted(control))
          ? Optional.empty()
          : Optional.of("vlan_tci is 0x%04x instead of %s".formatted(control, tci));
    }
    String mine = (control & 0xfff) + "/" + (control >>> 13);
    String theirs = expected + "/" + wanted.getOrDefault("dl_vlan_pcp", "0");
    return mine.equals(theirs)
        ? Optional.empty()
        : Optional.of("VLAN is " + mine + " instead of " + theirs);
  }

  private static Optional<String> tracking(FlowState state, Map<String, String> wanted) {
    long bits = state.number(FlowFields.CT_STATE);
    long expected = 0;
    List<String> names = List.of("new", "est", "rel", "rpl", "inv", "trk", "snat", "dnat");
    for (String name : wanted.getOrDefault("ct_state", "").split("\\|", -1)) {
      expected |= names.contains(name) ? 1L << names.indexOf(name) : 0;
    }
    return bits == expected
        ? Optional.empty()
        : Optional.of("ct_state is %x instead of %x".formatted(bits, expected));
  }

  private static void put(Map<String, String> fields, FlowState state, FlowField field) {
    Bits value = state.value(field);
    fields.put(field.name(), FieldValue.text(field, value));
  }
}
