package io.packetwalk.walk.topology;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.BridgeVlan;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a Linux bridge keeps VLANs apart: in which VLAN a frame is that comes in, and which ports
 * take it with or without a tag (the kernel's br_allowed_ingress, br_allowed_egress and
 * br_handle_vlan).
 *
 * <p>The bridge itself is one of its ports. A frame without a tag, or with the identifier 0, is in
 * the VLAN that is the port's own (PVID). Where nobody listed the VLANs every port is taken to be
 * in VLAN 1 alone, untagged, as the kernel makes them.
 */
public final class VlanFilter {
  /** The tag of a frame that has none. */
  public static final int UNTAGGED = 0;

  private static final int DEFAULT_VLAN = 1;

  private final NetworkNamespace namespace;
  private final String bridge;

  public VlanFilter(NetworkNamespace namespace, String bridge) {
    this.namespace = namespace;
    this.bridge = bridge;
  }

  /** Where a frame is that came in by a port. */
  public sealed interface Entry {}

  /** The bridge doesn't filter: tags pass as they are, and there is one database for all. */
  public record Unfiltered() implements Entry {}

  /** It is in this VLAN. */
  public record Within(int vlan, Optional<Assumption> assumption) implements Entry {}

  /** The port doesn't take it. */
  public record Refused(String why, List<Source> evidence) implements Entry {
    public Refused {
      evidence = List.copyOf(evidence);
    }
  }

  /** The state doesn't show it. */
  public record NotShown(Assumption missing) implements Entry {}

  /** Whether a port takes the frames of a VLAN, and with which tag it sends them. */
  public record Exit(boolean member, int tag, List<Source> evidence) {
    public Exit {
      evidence = List.copyOf(evidence);
    }
  }

  /** Whether the bridge keeps VLANs apart. */
  public boolean isOn() {
    return Bridges.isVlanAware(namespace, bridge);
  }

  /**
   * A frame that comes in by a port.
   *
   * @param tag the identifier in its tag, {@link #UNTAGGED} without one
   */
  public Entry in(String port, int tag) {
    if (!isOn()) {
      return new Unfiltered();
    }
    if (isUnlisted()) {
      return tag == UNTAGGED
          ? new Within(DEFAULT_VLAN, Optional.of(byDefault()))
          : new NotShown(missing());
    }
    Optional<BridgeVlan> own =
        Bridges.vlans(namespace, port).filter(BridgeVlan::portVlan).findFirst();
    if (tag == UNTAGGED) {
      return own.<Entry>map(vlan -> new Within(vlan.first(), Optional.empty()))
          .orElseGet(() -> refused(port, " has no VLAN for frames without a tag"));
    }
    return member(port, tag).isPresent()
        ? new Within(tag, Optional.empty())
        : refused(port, " isn't in VLAN " + tag);
  }

  private Refused refused(String port, String why) {
    List<Source> evidence =
        new ArrayList<>(Bridges.vlans(namespace, port).map(BridgeVlan::source).toList());
    if (evidence.isEmpty()) {
      evidence.addAll(namespace.links().bridgeVlans().seenAt());
    }
    return new Refused(port + why, evidence);
  }

  /** What a port, or the bridge itself, does with a frame of a VLAN. */
  public Exit out(String port, int vlan) {
    if (isUnlisted()) {
      return new Exit(vlan == DEFAULT_VLAN, UNTAGGED, List.of());
    }
    Optional<BridgeVlan> member = member(port, vlan);
    return new Exit(
        member.isPresent(),
        member.filter(BridgeVlan::untaggedOut).isPresent() ? UNTAGGED : vlan,
        member.map(BridgeVlan::source).stream().toList());
  }

  private Optional<BridgeVlan> member(String port, int vlan) {
    return Bridges.vlans(namespace, port)
        .filter(entry -> entry.first() <= vlan && vlan <= entry.last())
        .findFirst();
  }

  private boolean isUnlisted() {
    return namespace.links().bridgeVlans().isUnknown();
  }

  private Assumption byDefault() {
    return new Assumption(
        "every port of "
            + bridge
            + " of "
            + namespace.id()
            + " is in VLAN 1 alone, untagged, as the kernel makes them",
        Commands.in(namespace.id(), "bridge vlan show"));
  }

  private Assumption missing() {
    return new Assumption(
        "which VLANs the ports of " + bridge + " of " + namespace.id() + " are in isn't shown",
        Commands.in(namespace.id(), "bridge vlan show"));
  }
}
