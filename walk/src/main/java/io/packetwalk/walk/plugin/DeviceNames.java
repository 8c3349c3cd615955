package io.packetwalk.walk.plugin;

import io.packetwalk.model.net.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The plugins that are known by the names of their devices and agents alone. */
final class DeviceNames {
  private static final List<Known> KNOWN =
      List.of(
          new Known(
              "Cilium",
              "eBPF programs decide: the tables of a state don't show them",
              true,
              List.of("cilium-"),
              name -> name.startsWith("cilium_"),
              "a device of Cilium's eBPF data path"),
          new Known(
              "kubenet",
              "a bridge on each node, the network between routes",
              false,
              List.of(),
              name -> name.equals("cbr0"),
              "the bridge that kubenet makes"),
          new Known(
              "kindnet",
              "routes between nodes in one subnet",
              false,
              List.of("kindnet-"),
              name -> false,
              ""),
          new Known(
              "kube-router",
              "a bridge on each node, BGP routes between them",
              false,
              List.of("kube-router-"),
              name -> name.equals("kube-bridge"),
              "the bridge that kube-router makes"),
          new Known(
              "OVN-Kubernetes",
              "OVN's flows in Open vSwitch",
              false,
              List.of("ovnkube-"),
              name -> name.equals("ovn-k8s-mp0"),
              "OVN-Kubernetes' management port"),
          new Known(
              "Weave Net",
              "Weave's own tunnels",
              false,
              List.of("weave-net-"),
              name -> name.equals("weave"),
              "the bridge that Weave makes"),
          new Known(
              "Amazon VPC CNI",
              "addresses of the VPC, no encapsulation",
              false,
              List.of("aws-node-"),
              name -> name.startsWith("eni") && name.length() == 14,
              "a pod's device as the Amazon VPC CNI names it"));

  private DeviceNames() {}

  /** One plugin. */
  private record Known(
      String plugin,
      String mode,
      boolean opaque,
      List<String> agents,
      Predicate<String> device,
      String meaning) {}

  static List<Conclusion> conclude(Hosts hosts) {
    List<Conclusion> conclusions = new ArrayList<>();
    for (Known known : KNOWN) {
      List<Sign> signs = new ArrayList<>();
      hosts.agent(known.agents().toArray(String[]::new)).ifPresent(signs::add);
      Predicate<Device> named = device -> known.device().test(device.name());
      signs.addAll(hosts.deviceSigns(named, known.meaning()));
      if (!signs.isEmpty()) {
        conclusions.add(
            new Conclusion(
                known.plugin(), List.of(known.mode()), known.opaque(), signs, List.of()));
      }
    }
    return conclusions;
  }
}
