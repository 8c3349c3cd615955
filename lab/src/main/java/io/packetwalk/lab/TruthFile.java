package io.packetwalk.lab;

import io.packetwalk.capture.CaptureInput;
import io.packetwalk.gather.Room;
import io.packetwalk.lab.LabProbe.Outcome;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.wire.capture.CaptureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A {@code truth.json}: for each probe whether it was received and answered, and every device at
 * which it and its answer were seen, in time order, with the bytes before the payload.
 */
final class TruthFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Lab lab;
  private final Optional<String> fault;

  TruthFile(Lab lab, Optional<String> fault) {
    this.lab = lab;
    this.fault = fault;
  }

  void write(List<Outcome> outcomes, Path captures, Path file) throws IOException {
    Map<Integer, List<Seen>> seen = new LinkedHashMap<>();
    ProbeFrames frames = new ProbeFrames(outcomes.stream().map(Outcome::probe).toList());
    for (Path capture : captures(captures)) {
      scan(capture, captures.relativize(capture), frames, seen);
    }
    seen.values().forEach(list -> list.sort(Comparator.comparingLong(Seen::nanoseconds)));
    Map<String, Object> truth = new LinkedHashMap<>();
    truth.put("mode", lab.plan().kind().label());
    truth.put("fault", fault.orElse("none"));
    truth.put("gathered", "after");
    truth.put("nodes", lab.plan().nodes().stream().map(TruthFile::node).toList());
    truth.put("pods", lab.plan().pods().stream().map(TruthFile::pod).toList());
    List<Object> probes = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      List<Seen> all = seen.getOrDefault(outcome.probe().id(), List.of());
      probes.add(probe(outcome, SegmentAttempt.first(all, Seen::attempt)));
    }
    truth.put("probes", probes);
    Files.writeString(file, MAPPER.writeValueAsString(truth) + "\n");
  }

  private static List<Path> captures(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void scan(
      Path capture, Path relative, ProbeFrames frames, Map<Integer, List<Seen>> seen)
      throws IOException {
    String name = relative.getFileName().toString();
    String device = name.substring(0, name.length() - ".pcap".length());
    try (CaptureInput input = CaptureInput.open(capture)) {
      CaptureReader reader = input.reader();
      while (reader.next()) {
        byte[] frame = new byte[reader.captured()];
        System.arraycopy(reader.buffer(), reader.frameOffset(), frame, 0, frame.length);
        Optional<ProbeFrames.Found> found = frames.find(reader.linkType(), frame);
        if (found.isPresent()) {
          seen.computeIfAbsent(found.get().probe(), _ -> new ArrayList<>())
              .add(
                  new Seen(
                      reader.nanoseconds(),
                      relative.getName(0).toString(),
                      relative.getName(1).toString(),
                      device,
                      found.get().headers(),
                      found.get().error(),
                      found.get().attempt()));
        }
      }
    }
  }

  /** A frame of a probe at a device. */
  private record Seen(
      long nanoseconds,
      String node,
      String netns,
      String device,
      String headers,
      Optional<ProbeFrames.IcmpError> error,
      Optional<SegmentAttempt> attempt) {
    /** A redirect refuses nothing. */
    boolean isError() {
      return error.filter(told -> !told.isRedirect()).isPresent();
    }

    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("t", nanoseconds / 1e9);
      json.put("node", node);
      json.put("netns", netns);
      json.put("device", device);
      json.put("headers", headers);
      return json;
    }
  }

  private static Map<String, Object> node(PlannedNode node) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", node.name());
    json.put("ip", node.address().ipv4());
    json.put("block", node.block().ipv4());
    return json;
  }

  private static Map<String, Object> pod(PlannedPod pod) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ns", pod.namespace());
    json.put("name", pod.name());
    json.put("ip", pod.address().ipv4());
    json.put("node", pod.node().name());
    json.put("netns", pod.netns());
    json.put("dev", pod.device());
    return json;
  }

  private static Map<String, Object> probe(Outcome outcome, List<Seen> seen) {
    LabProbe probe = outcome.probe();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", probe.id());
    json.put("frm", probe.from());
    json.put("node", probe.node());
    json.put("netns", probe.netns());
    json.put("to", probe.to());
    json.put("ip", probe.address());
    json.put("port", probe.port());
    json.put("proto", probe.protocol());
    json.put("sport", probe.sourcePort());
    json.put("size", probe.size());
    json.put("tag", probe.tag());
    json.put("result", outcome.result());
    json.put("received_by", outcome.receivedBy());
    json.put("seen", seen.stream().filter(one -> one.error().isEmpty()).map(Seen::json).toList());
    List<Seen> errors = seen.stream().filter(Seen::isError).toList();
    if (!errors.isEmpty()) {
      json.put("icmp_error", error(probe, errors));
    }
    return json;
  }

  private static Map<String, Object> error(LabProbe probe, List<Seen> seen) {
    Seen last = seen.getLast();
    ProbeFrames.IcmpError told = last.error().orElseThrow();
    boolean arrived =
        last.node().equals(probe.node())
            && last.netns().equals(probe.netns().equals(probe.node()) ? Room.OWN : probe.netns());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", told.type());
    json.put("code", told.code());
    json.put("from", told.from());
    json.put("at", arrived ? probe.from() : last.node());
    json.put("seen", seen.stream().map(Seen::json).toList());
    return json;
  }
}
