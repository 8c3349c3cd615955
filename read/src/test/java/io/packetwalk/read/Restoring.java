package io.packetwalk.read;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs that take rulesets, in network namespaces that end with them. */
public final class Restoring {
  private static final Pattern LINE = Pattern.compile("(?:line |-:|stdin:)(\\d+)");
  private static final int MOST_REFUSED = 80;

  private Restoring() {}

  /** Why it can't be done here; empty when it can. */
  public static Optional<String> obstacle(String program) throws IOException, InterruptedException {
    return run("command -v " + program + " && unshare -n true", "").status() == 0
        ? Optional.empty()
        : Optional.of(program + " and root are needed");
  }

  /** What a program said, and how it ended. */
  public record Done(int status, String said) {}

  /** Runs a line of the shell that reads the text. */
  public static Done run(String line, String text) throws IOException, InterruptedException {
    Path input = Files.createTempFile("restored", ".txt");
    Path said = Files.createTempFile("restored", ".out");
    try {
      Files.writeString(input, text);
      Process process =
          new ProcessBuilder("sh", "-c", line)
              .redirectInput(input.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      try (OutputStream nothing = process.getOutputStream()) {
        nothing.flush();
      }
      boolean ended = process.waitFor(30, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      return new Done(
          ended ? process.exitValue() : 1,
          new String(Files.readAllBytes(said), StandardCharsets.UTF_8));
    } finally {
      Files.delete(input);
      Files.delete(said);
    }
  }

  /**
   * What a program lists after it has taken the lines, without those that it refuses.
   *
   * @param refused the numbers of the lines that it refused, in the text as given
   */
  public record Restored(List<String> listed, List<Integer> refused) {}

  /**
   * Gives a ruleset to a program, and leaves out what that refuses.
   *
   * @param line loads the text that it reads, and lists what is loaded then
   * @param spared which lines may be left out: rules
   */
  public static Restored restore(String line, List<String> lines, Pattern spared)
      throws IOException, InterruptedException {
    List<String> offered = new ArrayList<>(lines);
    List<Integer> refused = new ArrayList<>();
    while (refused.size() < MOST_REFUSED) {
      Done done = run("unshare -n sh -c '" + line + "'", String.join("\n", offered) + "\n");
      if (done.status() == 0) {
        return new Restored(
            done.said()
                .lines()
                .filter(one -> !one.startsWith("#") && !one.startsWith("Warning"))
                .map(Restoring::plain)
                .toList(),
            refused);
      }
      Matcher number = LINE.matcher(done.said());
      int at = number.find() ? Integer.parseInt(number.group(1)) - 1 : -1;
      if (at < 0 || at >= offered.size() || !spared.matcher(offered.get(at)).find()) {
        break;
      }
      offered.set(at, "");
      refused.add(at);
    }
    return new Restored(List.of(), List.of());
  }

  private static String plain(String listed) {
    return listed.replaceAll("\\[\\d+:\\d+\\]", "").strip();
  }
}
