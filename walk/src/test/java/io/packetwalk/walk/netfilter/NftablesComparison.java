package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds walks through random rulesets of nftables against what the kernel did. */
final class NftablesComparison {
  private final List<String> differences = new ArrayList<>();
  private int rulesets;
  private int compared;
  private int agreed;
  private int undetermined;
  private int inside;
  private int decided;

  void compareAll(Path directory, int cases) throws IOException {
    for (int number = 0; number < cases; number++) {
      Path packets = directory.resolve(number + ".packets");
      if (Files.exists(packets)) {
        rulesets++;
        compare(directory.resolve(number + ".rules"), packets, "case " + number);
      }
    }
  }

  List<String> differences() {
    return differences;
  }

  int agreed() {
    return agreed;
  }

  String summary() {
    return String.format(
        "%d rulesets, %d packets compared, %d agree (%d of them with a deciding rule that the"
            + " kernel's counters name), %d undetermined, %d differ; %d ended inside the router"
            + " where nobody listens",
        rulesets, compared, agreed, decided, undetermined, differences.size(), inside);
  }

  private void compare(Path rules, Path packets, String where) throws IOException {
    String text = Files.readString(rules);
    Hooks hooks =
        Namespace.with("nft list ruleset", text).hooks(RouterStack.links(), new RouterStack());
    RouterWalk router = new RouterWalk(hooks);
    boolean chance = text.contains("numgen");
    List<Tracking> states = List.of(Tracking.NONE);
    for (String line : Files.readAllLines(packets)) {
      SentPacket sent = SentPacket.of(line);
      states = sent.kind().equals("first") ? List.of(Tracking.NONE) : states;
      if (!states.isEmpty()) {
        states = compare(router, states, sent, chance, where + ": " + line);
      }
    }
  }

  private List<Tracking> compare(
      RouterWalk router, List<Tracking> states, SentPacket sent, boolean chance, String where) {
    Map<String, List<Passage>> outcomes = new LinkedHashMap<>();
    for (Tracking state : states) {
      for (Passage end : router.from(sent.end(), sent.packet(), state)) {
        outcomes.computeIfAbsent(RouterWalk.said(end), key -> new ArrayList<>()).add(end);
      }
    }
    String truth = RouterWalk.observed(sent.seen());
    if (outcomes.containsKey("inside") && !outcomes.containsKey(truth)) {
      inside++;
      return List.of();
    }
    compared++;
    List<Passage> right = outcomes.getOrDefault(truth, swallowed(outcomes, truth, sent.end()));
    if (!right.isEmpty()) {
      agreed++;
      if (!chance && outcomes.size() == 1 && states.size() == 1) {
        compareRules(right.getFirst(), sent, where);
      }
      return right.stream().map(end -> end.after().tracking()).toList();
    }
    if (outcomes.containsKey("undetermined")) {
      undetermined++;
    } else {
      differences.add(where + "\n  predicted " + outcomes.keySet() + "\n  seen      " + truth);
    }
    return List.of();
  }

  /** An error or reset may be stopped by other rules on its own way, which isn't walked. */
  private static List<Passage> swallowed(
      Map<String, List<Passage>> outcomes, String truth, int end) {
    List<Passage> rejected = new ArrayList<>();
    outcomes.forEach((said, ends) -> {
      boolean refusal = said.startsWith("error") || said.equals("reset");
      if (refusal && (truth.equals("-") || end == 2)) {
        rejected.addAll(ends);
      }
    });
    return rejected;
  }

  /** The rules that are said to have decided must have counted the packet. */
  private void compareRules(Passage end, SentPacket sent, String where) {
    Set<Integer> said =
        end.remarks().stream()
            .filter(remark -> !remark.evidence().isEmpty())
            .map(remark -> remark.evidence().getFirst())
            .filter(source -> source.text().contains(" counter "))
            .map(Source::line)
            .map(line -> line - 1)
            .collect(Collectors.toSet());
    if (said.isEmpty()) {
      return;
    }
    if (sent.risen().containsAll(said)) {
      decided++;
    } else {
      differences.add(
          where + "\n  the rules said to decide, at lines " + said + ", didn't count it");
    }
  }
}
