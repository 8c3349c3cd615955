package io.packetwalk.lab;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Reach;
import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The distribution's kernel in a machine that QEMU makes, by hardware where that is allowed and in
 * software otherwise. The host's file system is its root, which it can't write to; the lab's folder
 * is the only one that it can.
 */
final class EmulatedKernel implements BoxKernel {
  private static final String PROGRAM = "qemu-system-x86_64";

  /**
   * What spares emulated processors work: the shuffling of addresses, tests of the clock and of
   * ciphers, the clearing of large pages; and waits, when namespaces come and go.
   */
  private static final List<String> QUICK =
      List.of(
          "nokaslr",
          "tsc=reliable",
          "no_timer_check",
          "cryptomgr.notests",
          "transparent_hugepage=never",
          "rcupdate.rcu_expedited=1");

  EmulatedKernel() {}

  @Override
  public String word() {
    return "qemu";
  }

  @Override
  public String description() {
    return "a machine of its own (QEMU)";
  }

  @Override
  public List<String> obstacles(ClusterKind kind) throws InterruptedException {
    List<String> reasons = new ArrayList<>();
    if (!System.getProperty("os.arch").equals("amd64")) {
      reasons.add("QEMU is used on amd64 only");
      return reasons;
    }
    if (!Grounds.isInstalled(PROGRAM)) {
      reasons.add("QEMU isn't installed (apt-get install qemu-system-x86)");
    }
    if (!isStatic(InitialFiles.BUSYBOX)) {
      reasons.add("busybox-static isn't installed (apt-get install busybox-static kmod xz-utils)");
    }
    if (KernelFiles.find().isEmpty()) {
      reasons.add(
          "there is no kernel for QEMU (tools/distribution-kernel unpacks one; PACKETWALK_KERNEL"
              + " names a folder that has another)");
    }
    return reasons;
  }

  /** Whether it runs where no library is. */
  private static boolean isStatic(Path program) throws InterruptedException {
    return program.toFile().canExecute()
        && !CommandRun.of(Reach.local(), List.of("ldd", program.toString()), Limits.SHORT)
            .succeeded();
  }

  @Override
  public List<String> command(LabFolder folder, List<String> settings)
      throws IOException, InterruptedException {
    Optional<KernelFiles> files = KernelFiles.find();
    KernelFiles kernel = files.orElseThrow(() -> new LabException("the kernel for QEMU is gone"));
    InitialFiles.write(kernel, folder.file("initrd"));
    boolean root = System.getProperty("user.name").equals("root");
    String share = ",security_model=" + (root ? "passthrough" : "none") + ",multidevs=remap";
    List<String> words = new ArrayList<>(List.of("console=ttyS0", "quiet", "panic=-1"));
    words.addAll(QUICK);
    words.addAll(settings);
    words.add("PACKETWALK_MODULES_AT=" + kernel.modules());
    List<Path> writable = writable(folder);
    words.add(
        "PACKETWALK_WRITABLE="
            + writable.stream().map(Path::toString).collect(Collectors.joining(",")));
    List<String> command = new ArrayList<>(machine());
    command.addAll(
        List.of(
            "-kernel",
            kernel.image().toString(),
            "-initrd",
            folder.file("initrd").toString(),
            "-append",
            String.join(" ", words),
            "-virtfs",
            "local,path=/,mount_tag=host,readonly=on" + share));
    for (int index = 0; index < writable.size(); index++) {
      command.add("-virtfs");
      command.add("local,path=" + writable.get(index) + ",mount_tag=writable" + index + share);
    }
    return command;
  }

  /**
   * What programs in the machine may write to: the lab's folder, and where somebody wants captures
   * to be. Names that an option or a list can't hold are left out.
   */
  private static List<Path> writable(LabFolder folder) {
    List<Path> writable = new ArrayList<>();
    for (String name : List.of("java.io.tmpdir", "user.home", "user.dir")) {
      add(writable, Path.of(System.getProperty(name, "/")).toAbsolutePath().normalize());
    }
    add(writable, folder.path().toAbsolutePath().normalize());
    return writable;
  }

  private static void add(List<Path> writable, Path path) {
    boolean fits =
        path.getNameCount() > 0
            && path.toFile().isDirectory()
            && path.toString().matches("[A-Za-z0-9_./+-]+");
    if (fits && writable.stream().noneMatch(path::startsWith)) {
      writable.add(path);
    }
  }

  /**
   * Two processors where the host isn't busy: in software each waits for the other whenever a
   * program's memory changes, which takes longer than it saves where others want the host's.
   */
  private static String processors() {
    double spare = Runtime.getRuntime().availableProcessors() - load();
    return spare >= 0.5 ? "2" : "1";
  }

  /** How many programs wanted a processor in the last minute; none where that isn't told. */
  private static double load() {
    try {
      return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    } catch (IOException | NumberFormatException untold) {
      return 0;
    }
  }

  private static List<String> machine() {
    return List.of(
        PROGRAM,
        "-accel",
        "kvm",
        "-accel",
        "tcg",
        "-cpu",
        "max",
        "-m",
        "1G",
        "-smp",
        processors(),
        "-nodefaults",
        "-display",
        "none",
        "-serial",
        "stdio",
        "-monitor",
        "none",
        "-no-reboot",
        "-nic",
        "none");
  }
}
