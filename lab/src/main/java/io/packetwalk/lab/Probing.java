package io.packetwalk.lab;

import io.packetwalk.lab.LabProbe.Outcome;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.plan.PlannedService;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The sending of real packets in a lab. */
public final class Probing {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[([0-9a-f:.]+)\\]|([0-9.]+)):(\\d{1,5})");

  private final Lab lab;

  public Probing(Lab lab) {
    this.lab = lab;
  }

  /** What is asked: an address with a port, and its name. */
  public record Target(String name, String address, int port) {}

  /** Who can send, by name: a node, the client, or a pod. */
  public Optional<LabProbe.Sender> sender(String name) {
    Plan plan = lab.plan();
    if (name.equals(Plan.CLIENT)) {
      return Optional.of(new LabProbe.Sender(name, name, name));
    }
    String plain = name.replaceFirst("^(?:node|pod)/", "");
    return plan.node(plain)
        .map(PlannedNode::name)
        .map(node -> new LabProbe.Sender(node, node, node))
        .or(() ->
            plan.pod(plain)
                .map(pod -> new LabProbe.Sender(pod.fullName(), pod.node().name(), pod.netns())));
  }

  /**
   * What can be asked: a pod, a Service, a node, a name of cluster DNS or an address, with a port
   * or without.
   */
  public Optional<Target> target(String text, boolean six) {
    Matcher address = WITH_PORT.matcher(text);
    if (address.matches()) {
      String host = address.group(1) == null ? address.group(2) : address.group(1);
      return Optional.of(new Target(text, host, Integer.parseInt(address.group(3))));
    }
    if (text.matches("[0-9.]+|[0-9a-f]*:[0-9a-f:.]+")) {
      return Optional.of(new Target(text, text, 8080));
    }
    int colon = text.lastIndexOf(':');
    boolean numbered = colon > 0 && text.substring(colon + 1).matches("\\d{1,5}");
    String name = numbered ? text.substring(0, colon) : text;
    int port = numbered ? Integer.parseInt(text.substring(colon + 1)) : 0;
    return named(name, port, six);
  }

  private Optional<Target> named(String text, int port, boolean six) {
    Plan plan = lab.plan();
    String name = plan.meant(text);
    if (name.startsWith("svc/")) {
      return plan.service(name.substring("svc/".length()))
          .map(service ->
              new Target(
                  "svc/" + service.fullName(),
                  service.clusterIp().of(six),
                  port == 0 ? firstPort(service) : port));
    }
    int asked = port == 0 ? 8080 : port;
    if (name.equals(Plan.CLIENT)) {
      return Optional.of(new Target(name, plan.clientAddress().of(six), asked));
    }
    String plain = name.replaceFirst("^(?:node|pod)/", "");
    Optional<PlannedPod> pod = plan.pod(plain);
    return plan.node(plain)
        .map(node -> new Target(node.name(), node.address().of(six), asked))
        .or(() -> pod.map(one -> new Target(one.fullName(), one.address().of(six), asked)));
  }

  private static int firstPort(PlannedService service) {
    return service.ports().getFirst().port();
  }

  /** Makes probes whose numbers nobody has used in this lab. */
  public List<LabProbe> number(List<Wanted> wanted) throws IOException {
    int serial = serials(wanted.size());
    List<LabProbe> probes = new ArrayList<>();
    for (Wanted one : wanted) {
      probes.add(
          LabProbe.of(
              probes.size(),
              serial + probes.size(),
              one.sender(),
              one.target().name(),
              one.target().address(),
              one.target().port(),
              one.protocol(),
              one.size()));
    }
    return probes;
  }

  /** A probe without its number. */
  public record Wanted(LabProbe.Sender sender, Target target, String protocol, int size) {
    private static final int SMALL = 64;

    Wanted small() {
      return new Wanted(sender, target, protocol, Math.min(size, SMALL));
    }
  }

  private int serials(int count) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(lab.file("serial").toFile(), "rw");
        FileLock lock = file.getChannel().lock()) {
      int next = file.length() >= 4 ? file.readInt() : 0;
      file.seek(0);
      file.writeInt(next + count);
      return lock.isValid() ? next : 0;
    }
  }

  /** Sends the probes one after another, and tells what became of each. */
  public List<Outcome> send(List<LabProbe> probes) throws IOException, InterruptedException {
    Path heard = lab.file("heard.jsonl");
    long before = Files.exists(heard) ? Files.size(heard) : 0;
    List<AgentRun.Result> results = AgentRun.send(lab.reach(), lab.path(), probes, 0);
    Thread.sleep(100);
    return outcomes(probes, results, listeners(heard, before));
  }

  /** Who heard what, by protocol and source port: those lines that were written since. */
  private static Map<String, SequencedSet<String>> listeners(Path heard, long before)
      throws IOException {
    Map<String, SequencedSet<String>> listeners = new LinkedHashMap<>();
    byte[] all = Files.readAllBytes(heard);
    String text =
        new String(all, (int) before, all.length - (int) before, StandardCharsets.US_ASCII);
    for (String line : text.lines().toList()) {
      JsonNode note = MAPPER.readTree(line);
      String key = note.path("proto").asString("") + " " + note.path("sport").asInt(0);
      listeners.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(note.path("by").asString(""));
    }
    return listeners;
  }

  private static List<Outcome> outcomes(
      List<LabProbe> probes,
      List<AgentRun.Result> results,
      Map<String, SequencedSet<String>> listeners) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int index = 0; index < probes.size(); index++) {
      LabProbe probe = probes.get(index);
      SequencedSet<String> by =
          listeners.getOrDefault(
              probe.protocol() + " " + probe.sourcePort(), new LinkedHashSet<>());
      AgentRun.Result result = results.get(index);
      outcomes.add(new Outcome(probe, result.result(), List.copyOf(by), result.seconds()));
    }
    return outcomes;
  }
}
