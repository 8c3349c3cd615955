package io.packetwalk.walk.netfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random rulesets on the running kernel, and whether the walk sends packets the same way.
 *
 * <p>{@code -Dnetfilter.seed=N -Dnetfilter.cases=N} chooses another run.
 */
class KernelComparisonTest {
  private static final Path TOOL = Path.of("..", "tools", "netfilter-truth").toAbsolutePath();

  private final List<String> differences = new ArrayList<>();
  private int compared;
  private int agreed;
  private int undetermined;

  @TempDir Path directory;

  @Test
  void packets_go_where_the_kernel_sends_them() throws IOException, InterruptedException {
    String seed = System.getProperty("netfilter.seed", "1");
    String cases = System.getProperty("netfilter.cases", "40");
    Optional<String> obstacle = run(seed, cases);
    obstacle.ifPresent(why -> System.out.println("not compared with the kernel: " + why));
    assumeThat(obstacle).isEmpty();

    compareAll(Integer.parseInt(cases));
    if (!differences.isEmpty()) {
      System.out.println("asked again, since a busy machine may answer late: " + differences);
      differences.clear();
      assertThat(run(seed, cases)).isEmpty();
      compareAll(Integer.parseInt(cases));
    }

    System.out.printf(
        "netfilter, seed %s: %d packets compared, %d agree, %d undetermined, %d differ%n",
        seed, compared, agreed, undetermined, differences.size());
    assertThat(differences).isEmpty();
    assertThat(agreed).isGreaterThan(0);
  }

  private void compareAll(int cases) throws IOException {
    for (int number = 0; number < cases; number++) {
      if (Files.exists(directory.resolve(number + ".packets"))) {
        compare(number);
      }
    }
  }

  /** Why the kernel can't be asked here; empty when it was. */
  private Optional<String> run(String seed, String cases) throws IOException, InterruptedException {
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder("python3", TOOL.toString(), seed, cases, directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return Optional.of("it took too long");
    }
    List<String> said = Files.readAllLines(log);
    return process.exitValue() == 0
        ? Optional.empty()
        : Optional.of(said.isEmpty() ? "no reason given" : said.getLast());
  }

  private void compare(int number) throws IOException {
    Namespace router = new Namespace().local("10.1.0.1", "10.2.0.1");
    for (String kind : List.of("rules", "sets")) {
      String text = Files.readString(directory.resolve(number + "." + kind));
      int end = text.indexOf('\n');
      router.and(text.substring(0, end), text.substring(end + 1));
    }
    Hooks hooks = router.masquerading("r0", "10.1.0.1").masquerading("r1", "10.2.0.1").hooks();
    List<Tracking> states = List.of(Tracking.NONE);
    for (String line : Files.readAllLines(directory.resolve(number + ".packets"))) {
      String[] halves = line.split("\t\\|\t", -1);
      String[] sent = halves[0].split("\t", -1);
      states = sent[0].equals("first") ? List.of(Tracking.NONE) : states;
      states = compare(hooks, states, sent, halves[1], "case " + number + ": " + line);
    }
  }

  private List<Tracking> compare(
      Hooks hooks, List<Tracking> states, String[] sent, String seen, String where) {
    if (states.isEmpty()) {
      return states;
    }
    Map<String, List<Tracking>> outcomes = new LinkedHashMap<>();
    String input = sent[0].equals("reply") ? "r1" : "r0";
    for (Tracking state : states) {
      InFlight arriving = Namespace.arriving(packet(sent), input).withTracking(state);
      for (Passage end : forwarded(hooks, arriving)) {
        outcomes
            .computeIfAbsent(said(hooks, end), key -> new ArrayList<>())
            .add(end.after().tracking());
      }
    }
    compared++;
    String truth = observed(seen);
    if (outcomes.containsKey(truth)) {
      agreed++;
      return outcomes.get(truth);
    }
    if (outcomes.keySet().stream().anyMatch(outcome -> outcome.startsWith("undetermined"))) {
      undetermined++;
    } else {
      differences.add(where + "\n  predicted " + outcomes.keySet() + "\n  seen      " + truth);
    }
    return List.of();
  }

  private static Packet packet(String[] sent) {
    int protocol = Integer.parseInt(sent[1]);
    int source = Integer.parseInt(sent[3]);
    int flags = Integer.parseInt(sent[6]);
    int size = Integer.parseInt(sent[9]);
    Ipv4 plain =
        Ipv4.of(IpAddress.of(sent[2]), IpAddress.of(sent[4]), protocol, Integer.parseInt(sent[7]));
    Packet bare = Packet.of(plain);
    Packet header = Rewriting.trafficClass(bare, Integer.parseInt(sent[8]));
    Packet transport =
        switch (protocol) {
          case 6 -> Packet.of(Tcp.of(source, Integer.parseInt(sent[5]), flags));
          case 17 -> Packet.of(Udp.of(source, Integer.parseInt(sent[5])), Payload.zeros(size));
          default -> Packet.of(Icmp.of(flags, 0, source << 16), Payload.zeros(size));
        };
    return transport.within(header.outermost());
  }

  /** What the router does with a packet that isn't for itself. */
  private static List<Passage> forwarded(Hooks hooks, InFlight arriving) {
    List<Passage> ends = new ArrayList<>();
    for (Passage first : hooks.pass(Hook.PREROUTING, arriving)) {
      if (first.ending().isPresent()) {
        ends.add(first);
        continue;
      }
      Ip ip = Headers.ip(first.after().packet());
      String output = ip.destination().toString().startsWith("10.1.") ? "r0" : "r1";
      Packet lowered =
          first.after().packet().replacing(ip.withHopLimit(ip.hopLimit() - 1).asLayer());
      InFlight routed = first.after().withPacket(lowered).withOutput(output);
      for (Passage second : hooks.pass(Hook.FORWARD, routed)) {
        if (second.ending().isPresent()) {
          ends.add(second);
        } else {
          ends.addAll(hooks.pass(Hook.POSTROUTING, second.after()));
        }
      }
    }
    return ends;
  }

  private static String said(Hooks hooks, Passage end) {
    Optional<Passage.Ending> ending = end.ending();
    Packet packet = end.after().packet();
    if (ending.isPresent()) {
      return switch (ending.get().verdict()) {
        case DROPPED -> "-";
        case REJECTED -> rejection(hooks, ending.get().reason(), end.after());
        default -> Verdict.UNDETERMINED.name().toLowerCase(java.util.Locale.ROOT);
      };
    }
    Ip ip = Headers.ip(packet);
    int identifier = Headers.tuple(packet).orElseThrow().sourcePort();
    int destination = Headers.tuple(packet).orElseThrow().destinationPort();
    int flags = Headers.tcpFlags(packet).orElse(Headers.icmpType(packet).orElse(0));
    String device = end.after().output().orElse("");
    return String.join(
        " ",
        device.equals("r0") ? "0" : "1",
        "packet",
        Integer.toString(ip.protocol()),
        ip.source().toString(),
        Integer.toString(identifier),
        ip.destination().toString(),
        Integer.toString(destination),
        Integer.toString(flags),
        Integer.toString(ip.hopLimit()),
        Integer.toString(ip.trafficClass()));
  }

  /** What the sender gets: the answer passes the router's own hooks on its way. */
  private static String rejection(Hooks hooks, String reason, InFlight refused) {
    Ip ip = Headers.ip(refused.packet());
    IpAddress sender = ip.source();
    boolean reset = reason.contains("tcp-reset");
    if (reset && (Headers.tcpFlags(refused.packet()).orElse(0) & Tcp.RST) != 0) {
      return "-";
    }
    int code =
        reason.contains("host-prohibited") ? 10 : reason.contains("admin-prohibited") ? 13 : 3;
    Tuple tuple = Headers.tuple(refused.packet()).orElseThrow();
    Packet answer =
        reset
            ? Packet.of(
                Ipv4.of(ip.destination(), sender, 6, 64),
                Tcp.of(
                    /* sourcePort= */ tuple.destinationPort(),
                    /* destinationPort= */ tuple.sourcePort(),
                    Tcp.RST | Tcp.ACK))
            : refused
                .packet()
                .within(Icmp.of(Icmp.DESTINATION_UNREACHABLE, code, 0))
                .within(error(sender, ip.trafficClass()));
    String device = sender.toString().startsWith("10.1.") ? "r0" : "r1";
    InFlight started = Namespace.starting(answer, device).withTracking(refused.tracking());
    boolean passes =
        hooks.pass(Hook.OUTPUT, started).stream()
            .filter(out -> out.ending().isEmpty())
            .flatMap(out -> hooks.pass(Hook.POSTROUTING, out.after()).stream())
            .anyMatch(out -> out.ending().isEmpty());
    return !passes ? "-" : reset ? "reset" : "error 3 " + code;
  }

  /** The kernel marks its errors as internetwork control (icmp_send). */
  private static Ipv4 error(IpAddress receiver, int trafficClass) {
    Packet bare = Packet.of(Ipv4.of(IpAddress.of("10.1.0.1"), receiver, 1, 64));
    Packet marked = Rewriting.trafficClass(bare, (trafficClass & 0x1e) | 0xc0);
    return marked.first(Ipv4.class).orElseThrow();
  }

  private static String observed(String seen) {
    String[] fields = seen.split("\t", -1);
    return switch (fields.length < 2 ? "-" : fields[1]) {
      case "error" -> "error " + fields[3] + " " + fields[4];
      case "reset" -> "reset";
      case "packet" ->
          fields[0] + " packet " + String.join(" ", List.of(fields).subList(3, fields.length));
      default -> "-";
    };
  }
}
