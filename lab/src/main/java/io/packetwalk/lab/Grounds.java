package io.packetwalk.lab;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Output;
import io.packetwalk.gather.Reach;
import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.program.Datapath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The choice of the ground that a practice cluster is built on. */
final class Grounds {
  private Grounds() {}

  /**
   * A ground, and why it is that one; no reason when it is the one that is tried first.
   *
   * @param datapath of nodes with an Open vSwitch
   */
  record Choice(Ground ground, Datapath datapath, Optional<String> reason) {}

  /**
   * The running kernel's namespaces when they can carry this kind, and a kernel of its own when
   * only that can.
   *
   * @throws LabException when nothing here can; the message says what is missing
   */
  static Choice choose(ClusterKind kind, boolean box) throws IOException, InterruptedException {
    List<String> missing = missing(kind);
    if (!missing.isEmpty()) {
      throw cannot(kind, missing);
    }
    List<String> obstacles = box ? List.of("asked for") : obstacles(kind);
    if (obstacles.isEmpty()) {
      return inNamespaces(kind);
    }
    List<String> all = new ArrayList<>(obstacles);
    for (BoxKernel kernel : BoxKernel.all()) {
      List<String> gaps = kernel.obstacles(kind);
      if (gaps.isEmpty()) {
        return new Choice(
            new BoxGround(kernel), Datapath.KERNEL, Optional.of(String.join("; ", obstacles)));
      }
      all.addAll(gaps);
    }
    throw cannot(kind, all);
  }

  private static Choice inNamespaces(ClusterKind kind) throws InterruptedException {
    boolean outside = kind.pods() == ClusterKind.Pods.SWITCHED && !hasSwitch();
    return new Choice(
        new NamespaceGround(),
        outside ? Datapath.USER_SPACE : Datapath.KERNEL,
        outside
            ? Optional.of("Open vSwitch carries packets itself, since this kernel can't")
            : Optional.empty());
  }

  /** What keeps the running kernel's namespaces from carrying this kind. */
  static List<String> obstaclesHere(ClusterKind kind) throws InterruptedException {
    List<String> reasons = new ArrayList<>(missing(kind));
    if (reasons.isEmpty()) {
      reasons.addAll(obstacles(kind));
    }
    return List.copyOf(reasons);
  }

  private static LabException cannot(ClusterKind kind, List<String> reasons) {
    return new LabException(
        "this machine can't carry %s: %s".formatted(kind.label(), String.join("; ", reasons)));
  }

  /** What the running kernel lacks. */
  private static List<String> obstacles(ClusterKind kind) throws InterruptedException {
    if (!succeeds(List.of("unshare", "--mount", "--pid", "--net", "--fork", "true"))) {
      return List.of("it takes root to make namespaces of this kernel");
    }
    List<String> reasons = new ArrayList<>();
    for (List<String> device : devices(kind)) {
      List<String> command =
          new ArrayList<>(List.of("unshare", "--net", "ip", "link", "add", "type"));
      command.addAll(device);
      if (!succeeds(command)) {
        reasons.add("this kernel has no devices of type " + device.getFirst());
      }
    }
    if (kind.pods() == ClusterKind.Pods.SWITCHED && !hasSwitch()) {
      if (!kind.tunnelDevice().isEmpty()) {
        reasons.add("this kernel has no data path of Open vSwitch, which its tunnels need");
      } else if (!Files.exists(Path.of("/dev/net/tun"))) {
        reasons.add("this kernel has neither Open vSwitch's data path nor tun devices");
      }
    }
    return reasons;
  }

  private static boolean hasSwitch() throws InterruptedException {
    return Files.isDirectory(Path.of("/sys/module/openvswitch"))
        || succeeds(List.of("modprobe", "-q", "openvswitch"));
  }

  /** The programs that aren't installed. */
  private static List<String> missing(ClusterKind kind) throws InterruptedException {
    List<String> reasons = new ArrayList<>();
    for (String program : programs(kind)) {
      if (!isInstalled(program)) {
        reasons.add(program + " isn't installed (apt-get install " + packageOf(program) + ")");
      }
    }
    if (kind.pods() == ClusterKind.Pods.BRIDGED
        && !Files.isExecutable(Path.of("/usr/lib/cni/bridge"))) {
      reasons.add("the CNI plugins aren't installed (apt-get install containernetworking-plugins)");
    }
    return reasons;
  }

  /** Whether a program is there, though it may be where only root looks. */
  static boolean isInstalled(String program) {
    return Stream.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** What {@code ip link add type} takes to show whether the kernel has a type of device. */
  private static List<List<String>> devices(ClusterKind kind) {
    List<List<String>> devices = new ArrayList<>(List.of(List.of("veth"), List.of("bridge")));
    switch (kind.carriage()) {
      case ROUTES, BGP -> {}
      case IPIP -> devices.add(List.of("ipip", "remote", "192.0.2.1"));
      case VXLAN -> devices.add(List.of("vxlan", "id", "1", "dstport", "4789"));
      case GENEVE -> devices.add(List.of("geneve", "id", "1", "remote", "192.0.2.1"));
      case GRE -> devices.add(List.of("gretap", "remote", "192.0.2.1"));
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
    if (kind.pods() == ClusterKind.Pods.SWITCHED) {
      programs.addAll(List.of("ovs-vswitchd", "ethtool"));
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
      case "ovs-vswitchd" -> "openvswitch-switch";
      default -> program;
    };
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    Output output = CommandRun.of(Reach.local(), command, Limits.SHORT);
    return output.succeeded();
  }

  /** The ground on which a lab of this folder stands. */
  static Ground of(LabFolder folder) throws IOException {
    String word =
        folder.description().map(properties -> properties.getProperty("ground", "")).orElse("");
    return BoxKernel.all().stream()
        .filter(kernel -> kernel.word().equals(word))
        .<Ground>map(BoxGround::new)
        .findFirst()
        .orElseGet(NamespaceGround::new);
  }
}
