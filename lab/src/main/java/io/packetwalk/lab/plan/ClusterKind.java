package io.packetwalk.lab.plan;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A way to connect pods that a practice cluster can have. */
public enum ClusterKind {
  BRIDGE(
      Pods.BRIDGED,
      Carriage.ROUTES,
      false,
      "a bridge on every node (cbr0), routes between the nodes"),
  FLANNEL_VXLAN(Pods.BRIDGED, Carriage.VXLAN, false, "a bridge on every node, VXLAN between them"),
  FLANNEL_HOST_GW(
      Pods.BRIDGED, Carriage.ROUTES, false, "a bridge on every node, routes by flanneld"),
  CALICO_BGP(Pods.ROUTED, Carriage.BGP, false, "routed pods, routes by BIRD in a full mesh"),
  CALICO_IPIP(Pods.ROUTED, Carriage.IPIP, false, "routed pods, IP-in-IP between the nodes"),
  CALICO_VXLAN(Pods.ROUTED, Carriage.VXLAN, false, "routed pods, VXLAN between the nodes"),
  CALICO_CROSSSUBNET(
      Pods.ROUTED, Carriage.IPIP, true, "routed pods, IP-in-IP only between the two subnets"),
  CALICO_CROSSSUBNET_VXLAN(
      Pods.ROUTED, Carriage.VXLAN, true, "routed pods, VXLAN only between the two subnets"),
  ANTREA_GENEVE(
      Pods.SWITCHED, Carriage.GENEVE, false, "Open vSwitch on every node, Geneve between them"),
  ANTREA_VXLAN(
      Pods.SWITCHED,
      Carriage.VXLAN,
      false,
      "Open vSwitch on every node, VXLAN between them, Services by kube-proxy alone"),
  ANTREA_GRE(Pods.SWITCHED, Carriage.GRE, false, "Open vSwitch on every node, GRE between them"),
  ANTREA_NOENCAP(
      Pods.SWITCHED, Carriage.ROUTES, false, "Open vSwitch on every node, routes between them"),
  ANTREA_HYBRID(
      Pods.SWITCHED,
      Carriage.GENEVE,
      true,
      "Open vSwitch on every node, Geneve only between the two subnets"),
  ANTREA_POLICYONLY(
      Pods.SWITCHED,
      Carriage.ROUTES,
      false,
      "another plugin's pods and routes, policies by Open vSwitch");

  private final Pods pods;
  private final Carriage carriage;
  private final boolean twoSubnets;
  private final String description;

  ClusterKind(Pods pods, Carriage carriage, boolean twoSubnets, String description) {
    this.pods = pods;
    this.carriage = carriage;
    this.twoSubnets = twoSubnets;
    this.description = description;
  }

  /** How pods are connected to their node. */
  public enum Pods {
    /** Ports of a Linux bridge that has the pods' gateway address. */
    BRIDGED,
    /** A device and a route for each pod; the node answers ARP for the gateway. */
    ROUTED,
    /** Ports of an Open vSwitch, of which the node itself has one, antrea-gw0. */
    SWITCHED
  }

  /** How packets get from node to node. */
  public enum Carriage {
    ROUTES,
    BGP,
    IPIP,
    VXLAN,
    GENEVE,
    GRE;

    /** What matches its packets on the wire in a rule of iptables; empty for plain packets. */
    public String match() {
      return switch (this) {
        case ROUTES, BGP -> "";
        case IPIP -> "-p ipencap";
        case VXLAN -> "-p udp -m multiport --dports 4789,8472";
        case GENEVE -> "-p udp -m multiport --dports 6081";
        case GRE -> "-p gre";
      };
    }
  }

  public Pods pods() {
    return pods;
  }

  public Carriage carriage() {
    return carriage;
  }

  /** Whether a router stands between two groups of nodes. */
  public boolean twoSubnets() {
    return twoSubnets;
  }

  public String description() {
    return description;
  }

  /** Whether network policies are enforced. */
  public boolean enforcesPolicies() {
    return pods != Pods.BRIDGED;
  }

  /** What its headers take from the size of a packet between nodes. */
  public int overhead() {
    return switch (carriage) {
      case ROUTES, BGP -> 0;
      case IPIP -> 20;
      case VXLAN, GENEVE -> 50;
      case GRE -> 42;
    };
  }

  /** Whether pods' connections to Services are translated in the switch, and not in their node. */
  public boolean switchTranslatesServices() {
    return pods == Pods.SWITCHED && this != ANTREA_VXLAN;
  }

  /** Why a cluster of this kind has no dual-stack variant; empty when it has one. */
  public Optional<String> onlyIpv4() {
    if (this == ANTREA_GRE) {
      return Optional.of("Antrea's GRE tunnels carry no IPv6");
    }
    return this == ANTREA_POLICYONLY
        ? Optional.of("Antrea's mode networkPolicyOnly has no IPv6")
        : Optional.empty();
  }

  /** The tunnel's device on each node; empty when there is no tunnel. */
  public String tunnelDevice() {
    return switch (carriage) {
      case ROUTES, BGP -> "";
      case IPIP -> "tunl0";
      case VXLAN ->
          switch (pods) {
            case BRIDGED -> "flannel.1";
            case ROUTED -> "vxlan.calico";
            case SWITCHED -> "vxlan_sys_4789";
          };
      case GENEVE -> "genev_sys_6081";
      case GRE -> "gre_sys";
    };
  }

  /** The bridge on each node, where pods are behind one. */
  public String bridgeDevice() {
    return this == BRIDGE ? "cbr0" : "cni0";
  }

  /** As it is written on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind of this name. */
  public static Optional<ClusterKind> of(String label) {
    return Stream.of(values()).filter(kind -> kind.label().equals(label)).findFirst();
  }
}
