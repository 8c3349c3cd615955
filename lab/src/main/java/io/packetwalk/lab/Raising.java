package io.packetwalk.lab;

import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.Planning;
import io.packetwalk.lab.program.ClusterScript;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Properties;

/** The building of a practice cluster, of which nothing stays when it fails, and its razing. */
final class Raising {
  /** Where Debian has the CNI plugins. */
  private static final String PLUGINS = "/usr/lib/cni";

  private Raising() {}

  static Lab up(ClusterKind kind, boolean dualStack, boolean box, Lab.Steps steps)
      throws IOException, InterruptedException {
    if (dualStack && kind.onlyIpv4().isPresent()) {
      throw new LabException(kind.label() + " has no dual-stack variant: " + kind.onlyIpv4().get());
    }
    LabFolder folder = LabFolder.of(Lab.name(kind, dualStack));
    Grounds.Choice choice = Grounds.choose(kind, box);
    Ground ground = choice.ground();
    if (Lab.find(folder).isPresent()) {
      throw new LabException(
          folder.name() + " is up already; 'packetwalk lab down " + folder.name() + "' ends it");
    }
    raze(folder);
    Thread undo = new Thread(() -> razeQuietly(folder));
    Runtime.getRuntime().addShutdownHook(undo);
    try {
      Plan plan = prepare(folder, choice, kind, dualStack);
      ground.raise(folder, steps::at);
      return new Lab(folder, ground, plan);
    } catch (IOException | InterruptedException | RuntimeException failure) {
      raze(folder);
      throw failure;
    } finally {
      forget(undo);
    }
  }

  private static Plan prepare(
      LabFolder folder, Grounds.Choice choice, ClusterKind kind, boolean dualStack)
      throws IOException {
    folder.create();
    Properties properties = new Properties();
    properties.setProperty("kind", kind.label());
    properties.setProperty("dual", Boolean.toString(dualStack));
    properties.setProperty("ground", choice.ground().word());
    choice.reason().ifPresent(reason -> properties.setProperty("reason", reason));
    folder.describe(properties);
    Plan plan = Planning.of(kind, dualStack);
    AgentRun.unpack(folder.path());
    folder.unpack("first.sh");
    Files.writeString(
        folder.file("build.sh"),
        ClusterScript.of(plan, folder.path().toString(), PLUGINS, choice.datapath()));
    return plan;
  }

  private static void forget(Thread undo) {
    try {
      Runtime.getRuntime().removeShutdownHook(undo);
    } catch (IllegalStateException ending) {
      // The hook is running: the program was interrupted, and the lab goes with it.
    }
  }

  private static void razeQuietly(LabFolder folder) {
    try {
      raze(folder);
    } catch (IOException | InterruptedException | RuntimeException failure) {
      // The next up or down finds what is left.
    }
  }

  static void raze(LabFolder folder) throws IOException, InterruptedException {
    if (folder.exists()) {
      Grounds.of(folder).raze(folder);
      Holder.endUnnoted(folder);
      folder.delete();
    }
  }
}
