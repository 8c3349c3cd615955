package io.packetwalk.lab;

import io.packetwalk.gather.Reach;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Namespaces of the running kernel. All of them hang on one process, the first one of a PID
 * namespace: with it end all programs of the cluster, its network namespaces, and its mounts, among
 * them the folder in which the network namespaces have their names. Nothing of it shows outside.
 */
final class NamespaceGround implements Ground {
  NamespaceGround() {}

  @Override
  public String word() {
    return "namespaces";
  }

  @Override
  public String description() {
    return "namespaces of this kernel";
  }

  @Override
  public void raise(LabFolder folder, Progress progress) throws IOException, InterruptedException {
    progress.at("making namespaces");
    ProcessBuilder builder =
        new ProcessBuilder(
            "setsid",
            "unshare",
            "--mount",
            "--pid",
            "--net",
            "--uts",
            "--ipc",
            "--propagation",
            "private",
            "--fork",
            "--kill-child",
            "bash",
            folder.file("first.sh").toString(),
            folder.path().toString());
    builder.redirectInput(new File("/dev/null"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(folder.file("first.log").toFile());
    Process process = builder.start();
    Holder.of(process.toHandle()).write(folder);
    Build.await(folder, process::isAlive, progress);
  }

  @Override
  public boolean isUp(LabFolder folder) throws IOException {
    return Files.exists(folder.file("built"))
        && Holder.read(folder).filter(Holder::isAlive).isPresent();
  }

  @Override
  public void raze(LabFolder folder) throws IOException, InterruptedException {
    Optional<Holder> holder = Holder.read(folder);
    if (holder.isPresent()) {
      holder.get().end();
    }
  }

  @Override
  public Reach reach(LabFolder folder) throws IOException {
    return Reach.local().through(enter(folder));
  }

  @Override
  public Reach lasting(LabFolder folder) throws IOException {
    return Reach.local().through(settle(folder));
  }

  /**
   * By the namespace's file alone: {@code ip netns exec} would mount its {@code /sys}, too, which
   * takes longer than most commands.
   */
  @Override
  public Reach inside(LabFolder folder, String netns) throws IOException {
    long first = first(folder);
    return Reach.local()
        .through(
            List.of(
                "nsenter",
                "-t",
                Long.toString(first),
                "-m",
                "-u",
                "-i",
                "--net=/proc/" + first + "/root/run/netns/" + netns,
                "--"));
  }

  @Override
  public Session use(LabFolder folder, List<String> command, Optional<TerminalSize> size)
      throws IOException {
    List<String> whole = new ArrayList<>(settle(folder));
    whole.addAll(command);
    return Session.attached(new ProcessBuilder(whole).inheritIO().start());
  }

  private static List<String> enter(LabFolder folder) throws IOException {
    return List.of("nsenter", "-t", Long.toString(first(folder)), "-m", "-u", "-i", "--");
  }

  /**
   * Into the PID namespace as well. Its processes are children of their own of {@code nsenter}, so
   * that what ends a command from outside, as captures are ended, doesn't end them.
   */
  private static List<String> settle(LabFolder folder) throws IOException {
    return List.of("nsenter", "-t", Long.toString(first(folder)), "-m", "-u", "-i", "-p", "--");
  }

  private static long first(LabFolder folder) throws IOException {
    return Holder.read(folder)
        .orElseThrow(() -> new LabException(folder.name() + " isn't up"))
        .first();
  }
}
