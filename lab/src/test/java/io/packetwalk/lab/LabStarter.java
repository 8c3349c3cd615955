package io.packetwalk.lab;

import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that builds a lab, to be killed while it does. */
final class LabStarter {
  private LabStarter() {}

  /** {@code LABS KIND [box]}: builds such a lab in that folder. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.setProperty("packetwalk.labs", arguments[0]);
    Lab.up(ClusterKind.of(arguments[1]).orElseThrow(), false, arguments.length > 2, step -> {});
  }

  /** Starts it as a process of its own. */
  static Process start(Path labs, ClusterKind kind, boolean box) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LabStarter.class.getName(),
                labs.toString(),
                kind.label()));
    if (box) {
      command.add("box");
    }
    return new ProcessBuilder(command).inheritIO().start();
  }
}
