package io.packetwalk.lab;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Output;
import io.packetwalk.gather.Reach;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The sending of probes by a program that enters their senders' namespaces. */
public final class AgentRun {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Longer than a stack asks for a neighbour before it says that the host can't be reached. */
  private static final double ANSWER_SECONDS = 3.6;

  /** Shorter than a stack waits before it sends a connection's first segment again. */
  private static final double CONNECTION_SECONDS = 0.9;

  private static final String AGENT = "agent.py";

  private AgentRun() {}

  /** What the sender's socket said: {@code reply}, or {@code error:} and why. */
  public record Result(String result, double seconds) {}

  /** Puts the program that sends into a folder. */
  public static void unpack(Path folder) throws IOException {
    try (InputStream stream = AgentRun.class.getResourceAsStream(AGENT)) {
      if (stream == null) {
        throw new IOException(AGENT + " is not in this build");
      }
      Files.copy(stream, folder.resolve(AGENT));
    }
  }

  /**
   * Sends probes, and waits for their answers.
   *
   * @param reach leads to where the senders' namespaces have their names; a sender without one is
   *     there
   * @param folder that holds the program; questions and answers are exchanged in it
   * @param interval seconds between one probe and the next
   */
  public static List<Result> send(Reach reach, Path folder, List<LabProbe> probes, double interval)
      throws IOException, InterruptedException {
    Path questions = Files.createTempFile(folder, "probes", ".jsonl");
    Path answers = questions.resolveSibling(questions.getFileName() + ".results");
    Files.writeString(questions, lines(probes, interval), StandardCharsets.US_ASCII);
    Duration time =
        Duration.ofSeconds(30 + (long) ((ANSWER_SECONDS + interval) * probes.size() * 2));
    Output output =
        CommandRun.of(
            reach,
            List.of(
                "python3",
                folder.resolve(AGENT).toString(),
                "probe",
                questions.toString(),
                answers.toString()),
            new Limits(time, 1 << 20));
    if (!output.succeeded()) {
      throw new LabException(
          output.isMissing()
              ? "it takes python3 to send packets"
              : "the packets can't be sent:\n" + output.text().strip());
    }
    List<Result> results = results(answers, probes);
    Files.delete(questions);
    Files.delete(answers);
    return results;
  }

  private static String lines(List<LabProbe> probes, double interval) {
    StringBuilder lines = new StringBuilder();
    for (LabProbe probe : probes) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("netns", probe.netns());
      line.put("proto", probe.protocol());
      line.put("ip", probe.address());
      line.put("port", probe.port());
      line.put("sport", probe.sourcePort());
      line.put("size", probe.size());
      line.put("tag", probe.tag());
      line.put("ttl", 64);
      line.put("timeout", probe.protocol().equals("tcp") ? CONNECTION_SECONDS : ANSWER_SECONDS);
      line.put("wait", interval);
      lines.append(MAPPER.writeValueAsString(line)).append('\n');
    }
    return lines.toString();
  }

  private static List<Result> results(Path answers, List<LabProbe> probes) throws IOException {
    Map<String, Result> byTag = new LinkedHashMap<>();
    for (String line : Files.readAllLines(answers)) {
      JsonNode node = MAPPER.readTree(line);
      byTag.put(
          node.path("tag").asString(""),
          new Result(node.path("result").asString(""), node.path("took").asDouble(0)));
    }
    List<Result> results = new ArrayList<>();
    for (LabProbe probe : probes) {
      results.add(byTag.getOrDefault(probe.tag(), new Result("error:unsent", 0)));
    }
    return results;
  }
}
