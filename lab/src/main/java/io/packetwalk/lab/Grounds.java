package io.packetwalk.lab;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Output;
import io.packetwalk.gather.Reach;
import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The choice of the ground that a practice cluster is built on. */
final class Grounds {
  private Grounds() {}

  /**
   * The running kernel's namespaces when they can carry this kind.
   *
   * @throws LabException when nothing here can; the message says what is missing
   */
  static Ground choose(ClusterKind kind) throws IOException, InterruptedException {
    List<String> reasons = obstacles(kind);
    if (reasons.isEmpty()) {
      return new NamespaceGround();
    }
    throw new LabException(
        "this machine can't carry %s: %s".formatted(kind.label(), String.join("; ", reasons)));
  }

  private static List<String> obstacles(ClusterKind kind) throws InterruptedException {
    List<String> reasons = new ArrayList<>();
    if (!succeeds(List.of("unshare", "--mount", "--pid", "--net", "--fork", "true"))) {
      reasons.add("it takes root to make namespaces");
      return reasons;
    }
    for (List<String> device : devices(kind)) {
      List<String> command =
          new ArrayList<>(List.of("unshare", "--net", "ip", "link", "add", "type"));
      command.addAll(device);
      if (!succeeds(command)) {
        reasons.add("its kernel has no devices of type " + device.getFirst());
      }
    }
    for (String program : programs(kind)) {
      if (!succeeds(List.of("which", program))) {
        reasons.add(program + " isn't installed (apt-get install " + packageOf(program) + ")");
      }
    }
    if (kind.pods() == ClusterKind.Pods.BRIDGED
        && !Files.isExecutable(Path.of("/usr/lib/cni/bridge"))) {
      reasons.add("the CNI plugins aren't installed (apt-get install containernetworking-plugins)");
    }
    return reasons;
  }

  /** What {@code ip link add type} takes to show whether the kernel has a type of device. */
  private static List<List<String>> devices(ClusterKind kind) {
    List<List<String>> devices = new ArrayList<>(List.of(List.of("veth"), List.of("bridge")));
    switch (kind.carriage()) {
      case ROUTES, BGP -> {}
      case IPIP -> devices.add(List.of("ipip", "remote", "192.0.2.1"));
      case VXLAN -> devices.add(List.of("vxlan", "id", "1", "dstport", "4789"));
    }
    return devices;
  }

  private static List<String> programs(ClusterKind kind) {
    List<String> programs =
        new ArrayList<>(
            List.of("ip", "nsenter", "setsid", "iptables-restore", "python3", "tcpdump", "sysctl"));
    if (kind.enforcesPolicies()) {
      programs.add("ipset");
    }
    if (kind.carriage() == ClusterKind.Carriage.BGP) {
      programs.add("bird");
    }
    return programs;
  }

  private static String packageOf(String program) {
    return switch (program) {
      case "ip" -> "iproute2";
      case "nsenter", "setsid" -> "util-linux";
      case "iptables-restore" -> "iptables";
      case "sysctl" -> "procps";
      case "bird" -> "bird2";
      default -> program;
    };
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    Output output = CommandRun.of(Reach.local(), command, Limits.SHORT);
    return output.succeeded();
  }

  /** The ground on which a lab of this folder stands. */
  static Ground of(LabFolder folder) {
    return new NamespaceGround();
  }

  static String word(Ground ground) {
    return ground.getClass().getSimpleName();
  }
}
