package io.packetwalk.cli;

import io.packetwalk.lab.Lab;
import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code packetwalk demo --live}: a cluster is built, and a packet sent: predicted beside seen. */
final class LiveDemo {
  private final CommandSpec command;
  private final OutputOptions output;
  private final ClusterKind kind;

  LiveDemo(CommandSpec command, OutputOptions output, ClusterKind kind) {
    this.command = command;
    this.output = output;
    this.kind = kind;
  }

  int run() throws IOException, InterruptedException {
    try (LivePacket packet = send()) {
      return packet.show(command.commandLine().getOut(), output).code();
    }
  }

  /** In a lab that is up, or built for it and ended. */
  private LivePacket send() throws IOException, InterruptedException {
    Optional<Lab> running = Lab.find(kind.label());
    try (StepNotice notice = new StepNotice(command.commandLine().getErr())) {
      Lab lab = running.isPresent() ? running.get() : Lab.up(kind, false, notice::at);
      try {
        notice.at("sending a packet through " + lab.name());
        return LivePacket.send(lab);
      } finally {
        if (running.isEmpty()) {
          Lab.down(lab.name());
        }
      }
    }
  }
}
