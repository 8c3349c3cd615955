package io.packetwalk.lab;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Reach;
import io.packetwalk.lab.plan.ClusterKind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** A kernel of its own, into which commands get as files. */
final class BoxGround implements Ground {
  /** A first process that isn't the kernel itself, which couldn't kill itself then. */
  private static final List<String> FIRST = List.of("sh", "-c", "\"$@\"; exit $?", "box");

  private final BoxKernel kernel;

  BoxGround(BoxKernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public String word() {
    return kernel.word();
  }

  @Override
  public String description() {
    return kernel.description();
  }

  @Override
  public void raise(LabFolder folder, Progress progress) throws IOException, InterruptedException {
    progress.at("starting a kernel");
    folder.unpack("box.sh");
    Files.createDirectory(folder.file("commands"));
    folder.file("box.sh").toFile().setExecutable(true);
    List<String> command = new ArrayList<>(fence());
    command.addAll(
        kernel.command(
            folder,
            List.of(
                "PACKETWALK_FOLDER=" + folder.path(),
                "PACKETWALK_MODULES=" + String.join(",", modules(folder)))));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectInput(new File("/dev/null"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(folder.file("first.log").toFile());
    Process process = builder.start();
    Holder.of(process.toHandle()).write(folder);
    Build.await(folder, process::isAlive, progress);
  }

  private static List<String> modules(LabFolder folder) throws IOException {
    return folder
        .description()
        .flatMap(properties -> ClusterKind.of(properties.getProperty("kind", "")))
        .map(BoxKernel::modules)
        .orElse(List.of());
  }

  /** Its processes on the host end with it, however it ends. */
  private static List<String> fence() throws InterruptedException {
    List<String> fence =
        new ArrayList<>(List.of("setsid", "unshare", "--pid", "--fork", "--kill-child"));
    fence.addAll(FIRST);
    List<String> asUser = new ArrayList<>(fence);
    asUser.add(2, "--user");
    for (List<String> one : List.of(fence, asUser)) {
      List<String> trial = new ArrayList<>(one);
      trial.add("true");
      if (CommandRun.of(Reach.local(), trial, Limits.SHORT).succeeded()) {
        return one;
      }
    }
    return List.of("setsid");
  }

  @Override
  public boolean isUp(LabFolder folder) throws IOException {
    return Files.exists(folder.file("built")) && isAlive(folder);
  }

  private static boolean isAlive(LabFolder folder) throws IOException {
    return Holder.read(folder).filter(Holder::isAlive).isPresent();
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
    return inside(folder, "");
  }

  @Override
  public Reach lasting(LabFolder folder) throws IOException {
    return reach(folder);
  }

  @Override
  public Reach inside(LabFolder folder, String netns) throws IOException {
    return box(folder, netns);
  }

  private static BoxReach box(LabFolder folder, String netns) throws IOException {
    Holder holder =
        Holder.read(folder).orElseThrow(() -> new LabException(folder.name() + " isn't up"));
    return new BoxReach(folder.file("commands"), netns, new Pulse(holder));
  }

  @Override
  public Session use(LabFolder folder, List<String> command, Optional<TerminalSize> size)
      throws IOException {
    String kind = Optional.ofNullable(System.getenv("TERM")).orElse("dumb");
    return box(folder, "").use(command, size, kind);
  }

  /** Whether a kernel is running, looked up once a second at most. */
  private static final class Pulse implements BooleanSupplier {
    private static final long SECOND = 1_000_000_000;

    private final Holder holder;
    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private volatile boolean alive = true;

    Pulse(Holder holder) {
      this.holder = holder;
    }

    @Override
    public boolean getAsBoolean() {
      long due = next.get();
      long now = System.nanoTime();
      if (now - due >= 0 && next.compareAndSet(due, now + SECOND)) {
        alive = holder.isAlive();
      }
      return alive;
    }
  }
}
