package io.packetwalk.walk.plugin;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.FlowMatch;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.walk.openflow.FlowState;
import io.packetwalk.walk.openflow.SwitchStep;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ipv6;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What Antrea means by its flows: tables, registers and marks by name, rules by the policies that
 * they are of, endpoints by their pods.
 */
final class AntreaFlows implements FlowMeaning {
  private static final int TO_REJECT = 0x4000;
  private static final int DENIED = 0x400;

  private final AntreaTables tables;
  private final AntreaNames names;
  private final AntreaPolicies policies;

  AntreaFlows(Switch bridge, AntreaNames names) {
    this.tables = new AntreaTables(bridge);
    this.names = names;
    this.policies = new AntreaPolicies(bridge, tables, names);
  }

  @Override
  public String explain(SwitchStep step) {
    return switch (step.kind()) {
      case LOOKUP -> lookup(step);
      case GROUP -> chosenEndpoint(step).orElse("");
      case TRACK, RESUME, OUTPUT, CONTROLLER, NORMAL, LEARN, OTHER, UNDETERMINED -> "";
    };
  }

  @Override
  public String called(TableId table) {
    String name = tables.name(table).orElse("");
    return name.isEmpty() || !table.name().isEmpty()
        ? table.toString()
        : "%s (%s)".formatted(table, name);
  }

  @Override
  public String field(FlowAction.SetField action) {
    return AntreaRegisters.written(action, tables.areOld());
  }

  private String lookup(SwitchStep step) {
    Optional<String> table = step.table().flatMap(tables::name);
    if (table.isEmpty()) {
      return "";
    }
    boolean named = step.table().filter(id -> id.name().isEmpty()).isEmpty();
    String purpose = AntreaTables.purpose(table.get());
    String what = purpose.isEmpty() ? "a table of Antrea's" : purpose;
    String head = "(" + (named ? what : table.get() + ", " + what) + ")";
    return outcome(table.get(), step).map(said -> head + ": " + said).orElse(head);
  }

  private Optional<String> outcome(String table, SwitchStep step) {
    boolean miss = step.flow().filter(flow -> flow.priority() > 0).isEmpty();
    boolean drops = step.flow().filter(flow -> flow.actions().isEmpty()).isPresent();
    return switch (table) {
      case "Classifier" -> source(step.after());
      case "SpoofGuard", "ARPSpoofGuard" ->
          miss
              ? Optional.of("no flow lets this source in here: it is taken for forged")
              : Optional.of("the port may");
      case "ConntrackState" ->
          drops ? Optional.of("the connection is invalid") : connection(step.after());
      case "ServiceLB" -> service(step);
      case "DNAT" -> miss ? Optional.of("it isn't") : Optional.of("to the gateway for that");
      case "EndpointDNAT" ->
          isSet(step.before(), TO_REJECT)
              ? Optional.of("the Service has no endpoint: the agent rejects the connection")
              : Optional.empty();
      case "EgressRule",
          "AntreaPolicyEgressRule",
          "DefaultTierEgressRule",
          "IngressRule",
          "AntreaPolicyIngressRule",
          "DefaultTierIngressRule" ->
          rule(table, step, miss);
      case "EgressDefaultRule", "IngressDefaultRule" ->
          drops ? step.flow().flatMap(policies::isolation) : Optional.empty();
      case "EgressMetric", "IngressMetric" -> drops ? denied(table, step) : Optional.empty();
      case "L3Forwarding" -> route(step, miss);
      case "EgressMark" -> egress(step);
      case "L2ForwardingCalc" -> port(step, miss);
      case "ConntrackCommit" ->
          miss ? Optional.of("it is no first packet, or is remembered") : Optional.empty();
      case "Output" -> output(step, miss);
      default -> Optional.empty();
    };
  }

  private Optional<String> source(FlowState state) {
    long register = state.number(FlowFields.register(0));
    if (tables.areOld()) {
      return switch ((int) (register & 0xffff)) {
        case 0 -> Optional.of("from the tunnel");
        case 1 -> Optional.of("from the gateway");
        case 2 -> Optional.of("from a local pod");
        case 4 -> Optional.of("from the uplink");
        default -> Optional.empty();
      };
    }
    return switch ((int) (register & 0xf)) {
      case 1 -> Optional.of("from the tunnel");
      case 2 -> Optional.of("from the gateway");
      case 3 -> Optional.of("from a local pod");
      case 4 -> Optional.of("from the uplink");
      case 5 -> Optional.of("from the bridge's own port");
      case 6 -> Optional.of("back from traffic control");
      case 7 -> Optional.of("back from layer 7 inspection");
      default -> Optional.empty();
    };
  }

  private static Optional<String> connection(FlowState state) {
    long bits = state.number(FlowFields.CT_STATE);
    if ((bits & 0x20) == 0) {
      return Optional.empty();
    }
    return Optional.of((bits & 0x01) != 0 ? "it is new" : "it is known");
  }

  private Optional<String> service(SwitchStep step) {
    Optional<Flow> flow = step.flow();
    Optional<IpAddress> address = flow.flatMap(AntreaFlows::destination);
    OptionalLong port =
        flow.map(found -> exact(found, "tp_dst", "tcp_dst", "udp_dst", "sctp_dst"))
            .orElse(OptionalLong.empty());
    return address.isPresent() && port.isPresent()
        ? names
            .service(address.get(), (int) port.getAsLong())
            .or(() -> Optional.of("the Service at " + address.get() + " port " + port.getAsLong()))
        : Optional.empty();
  }

  private static Optional<IpAddress> destination(Flow flow) {
    return value(flow, FlowFields.NW_DST)
        .map(bits -> IpAddress.ofIpv4((int) bits.low()))
        .or(() ->
            value(flow, FlowFields.IPV6_DST)
                .map(bits -> IpAddress.ofIpv6(bits.high(), bits.low())));
  }

  /** A bucket of a Service's group loads the endpoint's address and port into registers. */
  private Optional<String> chosenEndpoint(SwitchStep step) {
    FlowState state = step.after();
    long port = state.number(FlowFields.register(4)) & 0xffff;
    Bits wide = state.value(FlowFields.quadRegister(3));
    Bits narrow = state.value(FlowFields.register(3));
    boolean ipv6 = step.packet().first(Ipv6.class).isPresent();
    boolean chosen = port != 0 && !(ipv6 ? wide : narrow).isZero() && !state.equals(step.before());
    if (!chosen) {
      return Optional.empty();
    }
    IpAddress address =
        ipv6 ? IpAddress.ofIpv6(wide.high(), wide.low()) : IpAddress.ofIpv4((int) narrow.low());
    return Optional.of("chooses the endpoint " + names.address(address) + " port " + port);
  }

  private Optional<String> rule(String table, SwitchStep step, boolean miss) {
    if (miss) {
      return Optional.of("no rule decides");
    }
    OptionalLong conjunction =
        step.flow().map(flow -> exact(flow, "conj_id")).orElse(OptionalLong.empty());
    if (conjunction.isEmpty()) {
      boolean known = step.flow().filter(flow -> matches(flow, FlowFields.CT_STATE)).isPresent();
      return known
          ? Optional.of("its connection was allowed before")
          : Optional.of("a rule decides");
    }
    String verb = isSet(step.after(), DENIED) && !tables.areOld() ? "denied by " : "allowed by ";
    return Optional.of(verb + policies.describe(table, conjunction.getAsLong()));
  }

  private Optional<String> denied(String table, SwitchStep step) {
    String rules =
        table.equals("EgressMetric") ? "AntreaPolicyEgressRule" : "AntreaPolicyIngressRule";
    long conjunction = step.before().number(FlowFields.register(3));
    return Optional.of("denied by " + policies.describe(rules, conjunction));
  }

  private Optional<String> route(SwitchStep step, boolean miss) {
    Bits to = step.after().value(FlowFields.TUN_DST);
    if (!to.equals(step.before().value(FlowFields.TUN_DST))) {
      return Optional.of("through the tunnel to " + IpAddress.ofIpv4((int) to.low()));
    }
    Bits wide = step.after().value(FlowFields.TUN_IPV6_DST);
    if (!wide.equals(step.before().value(FlowFields.TUN_IPV6_DST))) {
      return Optional.of("through the tunnel to " + IpAddress.ofIpv6(wide.high(), wide.low()));
    }
    long destination = (step.after().number(FlowFields.register(0)) >> 4) & 0xf;
    if (!tables.areOld() && destination == 2) {
      return Optional.of("to the gateway");
    }
    return miss
        ? Optional.of("no route of the switch's own")
        : step.flow()
            .flatMap(AntreaFlows::destination)
            .map(address -> "to " + names.address(address));
  }

  private static Optional<String> egress(SwitchStep step) {
    long mark = step.after().number(FlowFields.PACKET_MARK) & 0xff;
    return mark != (step.before().number(FlowFields.PACKET_MARK) & 0xff)
        ? Optional.of("marked for SNAT to Egress address number " + mark)
        : Optional.empty();
  }

  private Optional<String> port(SwitchStep step, boolean miss) {
    return miss
        ? Optional.of("none has it")
        : Optional.of(names.port((int) step.after().number(FlowFields.register(1))));
  }

  private Optional<String> output(SwitchStep step, boolean miss) {
    return miss
        ? Optional.of("no port was chosen")
        : Optional.of(names.port((int) step.before().number(FlowFields.register(1))));
  }

  private static boolean isSet(FlowState state, int bit) {
    return (state.number(FlowFields.register(0)) & bit) != 0;
  }

  private static boolean matches(Flow flow, FlowField field) {
    return flow.match().conditions().stream()
        .anyMatch(condition ->
            condition instanceof FlowMatch.Masked masked && masked.field().equals(field));
  }

  /** The value that the flow wants in one of the fields. */
  static OptionalLong exact(Flow flow, String... fields) {
    List<String> wanted = List.of(fields);
    for (FlowMatch.Condition condition : flow.match().conditions()) {
      if (condition instanceof FlowMatch.Masked masked
          && wanted.contains(masked.field().name())
          && masked.mask().equals(masked.field().ones())) {
        return OptionalLong.of(masked.value().low());
      }
    }
    return OptionalLong.empty();
  }

  static Optional<Bits> value(Flow flow, FlowField field) {
    for (FlowMatch.Condition condition : flow.match().conditions()) {
      if (condition instanceof FlowMatch.Masked masked
          && masked.field().equals(field)
          && masked.mask().equals(field.ones())) {
        return Optional.of(masked.value());
      }
    }
    return Optional.empty();
  }
}
