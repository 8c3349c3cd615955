package io.packetwalk.proof;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The comparison of every probe of one cluster that was really built. */
record TruthReport(String name, int agreed, List<String> undetermined, List<String> wrong) {
  static TruthReport of(Path folder) throws IOException {
    Snapshot snapshot = StateReader.read(StateLoader.load(folder.resolve("state")));
    Walker walker = new Walker(snapshot);
    int agreed = 0;
    List<String> undetermined = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    Truth truth = Truth.read(folder.resolve("truth.json"));
    for (Truth.Probe probe : truth.probes()) {
      Walk walk = walker.walk(question(snapshot, probe));
      Comparison.Result result = new Comparison(snapshot, walk, probe).compare();
      if (result.agreement() == Comparison.Agreement.WRONG) {
        result = new History(snapshot, truth, probe).excuse(walk, result);
      }
      String line =
          probe.id()
              + " "
              + probe.from()
              + " → "
              + probe.to()
              + " "
              + probe.address()
              + " "
              + probe.protocol()
              + ": "
              + result.detail();
      switch (result.agreement()) {
        case AGREES -> agreed++;
        case UNDETERMINED -> undetermined.add(line);
        case WRONG -> wrong.add(line);
      }
    }
    return new TruthReport(folder.getFileName().toString(), agreed, undetermined, wrong);
  }

  static Question question(Snapshot snapshot, Truth.Probe probe) {
    return new Question(
        new Origin.Inside(start(snapshot, probe)),
        probe.address(),
        probe.source(),
        switch (probe.protocol()) {
          case "tcp" -> new Probe.TcpSyn(probe.sourcePort(), probe.port(), 0);
          case "udp" -> new Probe.UdpDatagram(probe.sourcePort(), probe.port(), probe.size());
          default ->
              new Probe.IcmpMessage(
                  probe.address().isIpv4() ? 8 : 128, 0, probe.sourcePort(), 1, probe.size());
        },
        probe.hopLimit(),
        probe.dontFragment(),
        probe.device(),
        List.of());
  }

  private static NamespaceId start(Snapshot snapshot, Truth.Probe probe) {
    int slash = probe.from().indexOf('/');
    if (slash < 0) {
      return probe.netns().equals(probe.node()) || probe.node().isEmpty()
          ? NamespaceId.host(probe.from())
          : new NamespaceId(probe.node(), probe.netns());
    }
    ObjectName pod =
        new ObjectName(probe.from().substring(0, slash), probe.from().substring(slash + 1));
    return Optional.ofNullable(snapshot.podNamespaces().get(pod))
        .or(() ->
            snapshot.namespaces().keySet().stream()
                .filter(id -> id.name().equals(probe.netns()))
                .findFirst())
        .orElseThrow(() -> new IllegalStateException("no namespace for " + probe.from()));
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(name)
        .append(": ")
        .append(agreed)
        .append(" agree, ")
        .append(undetermined.size())
        .append(" undetermined, ")
        .append(wrong.size())
        .append(" wrong\n");
    undetermined.forEach(line -> text.append("  undetermined ").append(line).append('\n'));
    wrong.forEach(line -> text.append("  WRONG ").append(line).append('\n'));
    return text.toString();
  }

  /** Prints the reports of these clusters. */
  public static void main(String[] folders) throws IOException {
    for (String folder : folders) {
      System.out.print(of(Path.of(folder)).text());
    }
  }
}
