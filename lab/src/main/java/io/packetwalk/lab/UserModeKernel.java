package io.packetwalk.lab;

import io.packetwalk.lab.plan.ClusterKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A Linux kernel that runs as an ordinary process (User Mode Linux), with the host's file system as
 * its root. It takes no root and has the devices that the running kernel may lack.
 */
final class UserModeKernel implements BoxKernel {
  private static final String PROGRAM = "linux.uml";

  UserModeKernel() {}

  @Override
  public String word() {
    return "user-mode-linux";
  }

  @Override
  public String description() {
    return "a kernel of its own (User Mode Linux)";
  }

  @Override
  public List<String> obstacles(ClusterKind kind) {
    List<String> reasons = new ArrayList<>();
    if (!Grounds.isInstalled(PROGRAM)) {
      reasons.add("User Mode Linux isn't installed (apt-get install user-mode-linux kmod)");
    } else if (kind.pods() == ClusterKind.Pods.SWITCHED) {
      reasons.add("User Mode Linux has no zones of connection tracking");
    }
    return reasons;
  }

  @Override
  public List<String> command(LabFolder folder, List<String> settings) {
    List<String> command =
        new ArrayList<>(
            List.of(
                PROGRAM,
                "mem=1G",
                "root=/dev/root",
                "rootfstype=hostfs",
                "rootflags=/",
                "rw",
                "quiet",
                "con=null",
                "con0=null,fd:1",
                "uml_dir=" + folder.path(),
                "umid=box",
                "init=" + folder.file("box.sh")));
    command.add("PACKETWALK_MODULES_AT=/usr/lib/uml/modules");
    command.add("PACKETWALK_FILTER=legacy");
    command.addAll(settings);
    return command;
  }
}
