package io.packetwalk.read.command;

import io.packetwalk.model.net.DeviceFeature;
import io.packetwalk.model.net.DeviceFeature.Topic;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads at which devices programs of their own decide about packets.
 *
 * <pre>
 * lxc473b3117af85(24) clsact/ingress bpf_lxc.o:[from-container] id 2895      bpftool net show
 * eth0(2) driver id 12                                                       its part xdp
 * filter protocol all pref 1 bpf chain 0 handle 0x1 bpf_lxc.o …              tc filter show dev … ingress
 * qdisc netem 8001: dev eth0 root refcnt 2 limit 1000 loss 10%               tc qdisc show
 * </pre>
 */
public final class ProgramReader implements CommandReader {
  private static final Pattern ATTACHED =
      Pattern.compile("([^\\s(]{1,32})\\((\\d{1,9})\\) (\\S{1,64})(.*)");
  private static final Pattern QUEUE =
      Pattern.compile("qdisc (\\S{1,32}) \\S{1,32} dev (\\S{1,32})(.*)");
  private static final Set<String> SHOWING = Set.of("show", "list", "ls", "sh");

  @Override
  public Optional<String> recognise(CommandRun run) {
    return switch (run.word(0)) {
      case "bpftool" -> isListing(run, "net") ? Optional.of("bpftool net") : Optional.empty();
      case "tc" ->
          object(run).filter(object -> isListing(run, object)).map(object -> "tc " + object);
      default -> Optional.empty();
    };
  }

  private static Optional<String> object(CommandRun run) {
    return run.words().stream()
        .filter(word -> word.equals("filter") || word.equals("qdisc"))
        .findFirst();
  }

  private static boolean isListing(CommandRun run, String object) {
    int at = run.words().indexOf(object);
    boolean last = at == run.words().size() - 1;
    return at > 0 && (last || SHOWING.contains(run.words().get(at + 1)));
  }

  @Override
  public Reading read(CommandRun run) {
    Rows<DeviceFeature> rows = Rows.silentWhenEmpty();
    String section = "";
    for (Line line : run.output()) {
      String text = line.text().strip();
      if (text.endsWith(":") && text.indexOf(' ') < 0) {
        section = text.substring(0, text.length() - 1);
        rows.header();
      } else if (!text.isEmpty()) {
        row(run, text, section, line, rows);
      }
    }
    return rows.reading(run, false, Fact.Features::new);
  }

  private static void row(
      CommandRun run, String text, String section, Line line, Rows<DeviceFeature> rows) {
    Matcher attached = ATTACHED.matcher(text);
    Matcher queue = QUEUE.matcher(text);
    if (run.word(0).equals("bpftool") && attached.matches()) {
      String place = place(section, attached.group(3));
      rows.add(program(attached.group(1), place, text, line));
    } else if (queue.matches()) {
      queue(queue, text, line, rows);
    } else if (text.startsWith("filter ")) {
      device(run)
          .ifPresentOrElse(
              device -> rows.add(program(device, direction(run), text, line)),
              () -> rows.skip(line, "a filter of a device that the command doesn't name"));
    } else if (!run.word(0).equals("tc")) {
      rows.skip(line, "not a program at a device");
    }
  }

  /** Only a queue that loses, delays or changes packets decides about one. */
  private static void queue(Matcher queue, String text, Line line, Rows<DeviceFeature> rows) {
    if (queue.group(1).equals("netem")) {
      rows.add(program(queue.group(2), "egress", text, line));
    } else {
      rows.header();
    }
  }

  private static DeviceFeature program(String device, String place, String text, Line line) {
    return new DeviceFeature(device, Topic.PROGRAM, place, text, line.source());
  }

  private static String place(String section, String attachment) {
    if (section.equals("xdp")) {
      return "xdp";
    }
    return attachment.contains("egress") ? "egress" : "ingress";
  }

  private static Optional<String> device(CommandRun run) {
    List<String> words = run.words();
    int at = words.indexOf("dev");
    return at > 0 && at + 1 < words.size() ? Optional.of(words.get(at + 1)) : Optional.empty();
  }

  private static String direction(CommandRun run) {
    return run.words().contains("egress") || run.words().contains("root") ? "egress" : "ingress";
  }
}
