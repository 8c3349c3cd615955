package io.packetwalk.proof.observed;

import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * What captures of one cluster show of each probe, beside the list of devices at which the lab's
 * maker knows that it was seen.
 */
record LabReport(String name, int agreed, List<String> wrong) {
  static LabReport of(Path lab) throws IOException {
    Snapshot snapshot = StateReader.read(StateLoader.load(lab.resolve("state")));
    Captured captured = Captured.read(lab.resolve("captures"), snapshot);
    JsonNode truth = new ObjectMapper().readTree(Files.readString(lab.resolve("truth.json")));
    int agreed = 0;
    List<String> wrong = new ArrayList<>();
    for (JsonNode probe : truth.path("probes")) {
      List<String> expected = new ArrayList<>();
      probe
          .path("seen")
          .forEach(seen ->
              expected.add(
                  seen.path("node").asString()
                      + ":"
                      + seen.path("netns").asString()
                      + " "
                      + seen.path("device").asString()));
      List<String> found = new ArrayList<>();
      boolean sure = true;
      for (Captured.Packet packet : captured.packets()) {
        if (isOf(packet, probe)) {
          packet.seen().forEach(seen -> found.add(seen.where()));
          sure &= packet.quality().isSure();
        }
      }
      if (expected.equals(found) && sure) {
        agreed++;
      } else {
        wrong.add(
            "probe %d %s: sure %s%n   expected %s%n   found    %s"
                .formatted(probe.path("id").asInt(), probe.path("proto"), sure, expected, found));
      }
    }
    return new LabReport(lab.getFileName().toString(), agreed, wrong);
  }

  /** Whether the packet carries the probe's payload, in either direction. */
  private static boolean isOf(Captured.Packet packet, JsonNode probe) {
    boolean tcp = probe.path("proto").asString().equals("tcp");
    int port = probe.path("sport").asInt();
    int size = probe.path("size").asInt() + (tcp ? 0 : 8);
    boolean ports = packet.flow().sourcePort() == port || packet.flow().destinationPort() == port;
    return ports && packet.flow().protocol() == (tcp ? 6 : 17) && packet.length() == size;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append("%s: %d as seen, %d not%n".formatted(name, agreed, wrong.size()));
    wrong.forEach(line -> text.append("  ").append(line).append(System.lineSeparator()));
    return text.toString();
  }

  /** Prints the reports of these clusters. */
  public static void main(String[] labs) throws IOException {
    for (String lab : labs) {
      System.out.print(of(Path.of(lab)).text());
    }
  }
}
