package io.packetwalk.cli;

import io.packetwalk.lab.Lab;
import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code packetwalk demo --live}: a cluster is built, and a packet sent: predicted beside seen. */
final class LiveDemo {
  private static final ClusterKind KIND = ClusterKind.CALICO_IPIP;

  private final CommandSpec command;
  private final OutputOptions output;

  LiveDemo(CommandSpec command, OutputOptions output) {
    this.command = command;
    this.output = output;
  }

  int run() throws IOException, InterruptedException {
    try (LivePacket packet = send()) {
      return packet.show(command.commandLine().getOut(), output).code();
    }
  }

  /** In a lab that is up, or built for it and ended. */
  private LivePacket send() throws IOException, InterruptedException {
    Optional<Lab> running = Lab.find(KIND.label());
    try (StepNotice notice = new StepNotice(command.commandLine().getErr())) {
      Lab lab = running.isPresent() ? running.get() : Lab.up(KIND, false, notice::at);
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
