package io.packetwalk.walk.engine;

import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.Sysctl;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.KnownKinds;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Optional;

/**
 * Whether a bridge shows the IP packets that it forwards to netfilter's IP hooks (the module
 * br_netfilter with {@code net.bridge.bridge-nf-call-iptables}).
 *
 * @param assumption what that was concluded from, when no setting shows it
 */
record BridgeCalls(boolean on, Optional<Assumption> assumption) {
  private static final BridgeCalls OFF = new BridgeCalls(false, Optional.empty());
  private static final BridgeCalls ON = new BridgeCalls(true, Optional.empty());

  static BridgeCalls of(Stack stack, String bridge, IpFamily family) {
    if (isSetOnBridge(stack, bridge)) {
      return ON;
    }
    String name = family == IpFamily.IPV4 ? "bridge-nf-call-iptables" : "bridge-nf-call-ip6tables";
    Optional<Sysctl> setting = stack.setting("net/bridge/" + name);
    if (setting.isPresent()) {
      return setting.get().value().strip().equals("1") ? ON : OFF;
    }
    List<RuleTable> tables = stack.namespace().netfilter().tables(family);
    return tables.isEmpty() ? OFF : concluded(stack, bridge, name, isKubernetes(tables));
  }

  /**
   * What isn't walked: tagged frames that netfilter gets, as {@code bridge-nf-filter-vlan-tagged}
   * says, which is off unless somebody switched it on.
   */
  static Optional<Assumption> whetherTagged(Stack stack, String bridge, Packet frame) {
    return stack
        .setting("net/bridge/bridge-nf-filter-vlan-tagged")
        .filter(setting -> Tags.of(frame).isPresent() && setting.value().strip().equals("1"))
        .map(setting ->
            new Assumption(
                "what the packet filter of "
                    + stack.id()
                    + " does with tagged frames on "
                    + bridge
                    + " isn't modelled",
                Commands.in(stack.id(), "sysctl net.bridge.bridge-nf-filter-vlan-tagged"),
                List.of(setting.source())));
  }

  private static boolean isSetOnBridge(Stack stack, String bridge) {
    return KnownKinds.of(stack.namespace(), bridge).orElse(new DeviceKind.Ethernet())
            instanceof DeviceKind.Bridge known
        && known.netfilterCall();
  }

  /** kube-proxy needs the calls, and Kubernetes' installers refuse to go on without them. */
  private static BridgeCalls concluded(
      Stack stack, String bridge, String setting, boolean kubernetes) {
    return new BridgeCalls(
        kubernetes,
        Optional.of(
            new Assumption(
                "the packet filter of "
                    + stack.id()
                    + (kubernetes ? " sees" : " doesn't see")
                    + " what the bridge "
                    + bridge
                    + " forwards"
                    + (kubernetes ? ", as kube-proxy needs it" : ""),
                Commands.in(stack.id(), "sysctl net.bridge." + setting))));
  }

  private static boolean isKubernetes(List<RuleTable> tables) {
    return tables.stream()
        .flatMap(table -> table.chains().keySet().stream())
        .anyMatch(name -> name.startsWith("KUBE-"));
  }
}
