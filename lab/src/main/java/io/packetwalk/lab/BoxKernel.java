package io.packetwalk.lab;

import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.util.List;

/** A kernel that a practice cluster can have for itself. */
interface BoxKernel {
  /** All of them, the cheapest first. */
  static List<BoxKernel> all() {
    return List.of(new UserModeKernel(), new EmulatedKernel());
  }

  /** As a lab's description has it. */
  String word();

  /** In words, for who asks where the lab is. */
  String description();

  /** What keeps it from carrying this kind of cluster. */
  List<String> obstacles(ClusterKind kind) throws InterruptedException;

  /**
   * The command that starts it, with {@code box.sh} of this folder as its first process.
   *
   * @param settings what that process finds in its environment
   */
  List<String> command(LabFolder folder, List<String> settings)
      throws IOException, InterruptedException;

  /** The modules that this kind needs, and that the kernel doesn't load by itself. */
  static List<String> modules(ClusterKind kind) {
    String tunnel =
        switch (kind.carriage()) {
          case ROUTES, BGP -> "";
          case IPIP -> "ipip";
          case VXLAN -> "vxlan";
          case GENEVE -> "geneve";
          case GRE -> "ip_gre";
        };
    boolean switched = kind.pods() == ClusterKind.Pods.SWITCHED;
    String datapath = switched ? "openvswitch" : "";
    String port =
        switch (kind.carriage()) {
          case ROUTES, BGP, IPIP -> "";
          case VXLAN -> switched ? "vport_vxlan" : "";
          case GENEVE -> "vport_geneve";
          case GRE -> "vport_gre";
        };
    return List.of(tunnel, datapath, port).stream().filter(name -> !name.isEmpty()).toList();
  }
}
