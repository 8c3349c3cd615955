package io.packetwalk.report.state;

import io.packetwalk.model.FailedCommand;
import io.packetwalk.model.Inventory;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.Source;
import io.packetwalk.model.UnreadLine;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.report.Names;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Paper;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Table;
import io.packetwalk.report.text.Tone;
import io.packetwalk.walk.gap.Attempts;
import io.packetwalk.walk.gap.Gap;
import io.packetwalk.walk.gap.Gaps;
import io.packetwalk.walk.plugin.Conclusion;
import io.packetwalk.walk.plugin.Plugins;
import io.packetwalk.walk.plugin.Sign;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/** What a state holds, as text for a terminal. */
public final class StateText {
  private static final int SOME = 20;
  private static final int SIGNS = 6;
  private static final int UNREAD = 5;

  private final Snapshot snapshot;
  private final Page page;
  private final boolean all;

  private StateText(Snapshot snapshot, Page page, boolean all) {
    this.snapshot = snapshot;
    this.page = page;
    this.all = all;
  }

  /**
   * The lines, each ended.
   *
   * @param all every entry of lists that are otherwise shortened
   */
  public static String of(Snapshot snapshot, Paper paper, boolean all) {
    StateText text = new StateText(snapshot, new Page(paper), all);
    text.headline();
    text.plugins();
    text.nodes();
    text.pods();
    text.commands();
    text.unread();
    text.failed();
    text.gaps();
    return text.page.text();
  }

  private void headline() {
    Inventory inventory = snapshot.inventory();
    long unread = inventory.unread().stream().filter(line -> !line.note()).count();
    long notes = inventory.unread().size() - unread;
    page.line(
        Phrase.of(count(inventory.files().size(), "file"), Tone.STRONG)
            .and(", " + count(inventory.commands().size(), "command"))
            .and(", " + count(snapshot.nodes().size(), "node"))
            .and(", " + count(snapshot.namespaces().size(), "network namespace"))
            .and(", " + count(PodPlace.of(snapshot).size(), "pod")));
    page.line(
        Phrase.of(count(unread, "line") + " not understood")
            .and(
                inventory.failed().isEmpty()
                    ? ""
                    : ", " + count(inventory.failed().size(), "command") + " failed")
            .and(notes == 0 ? "" : ", " + count(notes, "line") + " taken for notes"));
    for (Inventory.SkippedFile file : some(inventory.skipped())) {
      page.line(Phrase.of("not read: ", Tone.FAINT).and(file.path()).and(": " + file.reason()), 4);
    }
    more(inventory.skipped().size());
  }

  private static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  private void plugins() {
    page.heading("CNI plugin");
    List<Conclusion> conclusions = Plugins.recognise(snapshot);
    if (conclusions.isEmpty()) {
      page.line(Phrase.of("  nothing in the state tells which"));
    }
    for (Conclusion conclusion : conclusions) {
      String modes = String.join("; ", conclusion.modes());
      page.line(
          Phrase.of("  ")
              .and(conclusion.plugin(), Tone.GOOD)
              .and(modes.isEmpty() ? ": the state doesn't tell in which mode" : ": " + modes)
              .and(conclusion.opaque() ? " (opaque)" : "", Tone.DOUBTFUL),
          4);
      signs(conclusion.signs());
      if (!conclusion.contradictions().isEmpty()) {
        page.line(Phrase.of("  but", Tone.DOUBTFUL), 4);
        signs(conclusion.contradictions());
      }
    }
  }

  private void signs(List<Sign> signs) {
    List<Sign> shown = all ? signs : signs.subList(0, Math.min(SIGNS, signs.size()));
    for (Sign sign : shown) {
      page.line(Phrase.of("    " + sign.meaning()), 6);
      page.line(
          Phrase.of("      " + sign.source().position() + ": ", Tone.FAINT)
              .and(sign.source().text().strip(), Tone.QUOTE),
          8);
    }
    if (shown.size() < signs.size()) {
      page.line(Phrase.of("    and " + (signs.size() - shown.size()) + " more", Tone.FAINT));
    }
  }

  private void nodes() {
    page.heading("Nodes");
    Names names = new Names(snapshot);
    SequencedSet<String> nodes = new LinkedHashSet<>(snapshot.nodes());
    snapshot.cluster().nodes().stream().map(KubernetesNode::name).forEach(nodes::add);
    Table table = new Table(2);
    for (String node : some(new ArrayList<>(nodes))) {
      List<NamespaceId> places =
          snapshot.namespaces().keySet().stream().filter(id -> id.node().equals(node)).toList();
      String inside =
          places.stream()
              .filter(id -> !id.isHost())
              .map(id -> names.inNode(id).orElse(""))
              .collect(Collectors.joining(", "));
      table.row(
          Phrase.of(node, Tone.NAME),
          Phrase.of(addresses(node)),
          Phrase.of(places.isEmpty() ? "nobody looked into it" : inside, Tone.FAINT));
    }
    table.write(page);
    more(nodes.size());
  }

  private String addresses(String node) {
    SequencedSet<IpAddress> addresses = new LinkedHashSet<>();
    Optional<KubernetesNode> listed = snapshot.cluster().node(node);
    listed.ifPresent(known -> addresses.addAll(known.internalAddresses()));
    if (addresses.isEmpty()) {
      snapshot.namespace(NamespaceId.host(node)).links().addresses().stream()
          .map(InterfaceAddress::address)
          .filter(address -> !address.isLinkLocal() && !address.isLoopback())
          .limit(3)
          .forEach(addresses::add);
    }
    return join(addresses);
  }

  private static String join(Iterable<IpAddress> addresses) {
    List<String> texts = new ArrayList<>();
    addresses.forEach(address -> texts.add(address.toString()));
    return String.join(" ", texts);
  }

  private void pods() {
    List<PodPlace> pods = PodPlace.of(snapshot);
    page.heading("Pods");
    if (pods.isEmpty()) {
      page.line(Phrase.of("  none is named in the state"));
    }
    Table table = new Table(2);
    for (PodPlace pod : some(pods)) {
      String seen = pod.namespace().map(StateText::seen).orElse("not looked into");
      table.row(
          Phrase.of(pod.name().toString(), pod.former() ? Tone.FAINT : Tone.NAME),
          Phrase.of(pod.node().orElse("?")),
          Phrase.of(pod.device().orElse("-")),
          Phrase.of(join(pod.addresses())),
          Phrase.of(pod.former() ? "former, " + seen : seen, Tone.FAINT));
    }
    table.write(page);
    more(pods.size());
  }

  private static String seen(NamespaceId id) {
    boolean byPod = id.name().startsWith("pod:");
    return id.isHost() ? "host" : byPod ? "looked into" : id.name();
  }

  private void commands() {
    page.heading("Commands");
    Table table = new Table(2);
    for (CommandCount count : CommandCount.of(snapshot.inventory())) {
      String lines =
          count.understood()
              ? count(count.readLines(), "line")
                  + " read"
                  + (count.unreadLines() == 0 ? "" : ", " + count.unreadLines() + " not")
              : "no reader";
      table.row(
          Phrase.of("%4d".formatted(count.times())),
          Phrase.of(count.name(), Tone.NAME),
          Phrase.of(lines, count.understood() ? Tone.FAINT : Tone.DOUBTFUL));
    }
    table.write(page);
  }

  private void unread() {
    Map<String, List<UnreadLine>> byCommand = new LinkedHashMap<>();
    snapshot.inventory().unread().stream()
        .filter(line -> all || !line.note())
        .forEach(
            line -> byCommand.computeIfAbsent(line.command(), key -> new ArrayList<>()).add(line));
    if (byCommand.isEmpty()) {
      return;
    }
    page.heading("Lines that were not understood");
    byCommand.forEach((command, lines) -> {
      String name = command.isEmpty() ? "outside of any command" : command;
      page.line(Phrase.of("  " + name, Tone.NAME).and(": " + count(lines.size(), "line")));
      for (UnreadLine line : first(lines, UNREAD)) {
        page.line(
            Phrase.of("    " + line.source().position() + ": ", Tone.FAINT)
                .and(line.source().text().strip(), Tone.QUOTE)
                .and("  (" + (line.note() ? "a note" : line.reason()) + ")", Tone.FAINT),
            6);
      }
      more(lines.size(), UNREAD);
    });
  }

  private void failed() {
    List<FailedCommand> failed = snapshot.inventory().failed();
    if (failed.isEmpty()) {
      return;
    }
    page.heading("Commands that failed");
    for (FailedCommand command : some(failed)) {
      page.line(Phrase.of("  " + command.name(), Tone.NAME).and(" on " + command.place()));
      said(command.said());
    }
    more(failed.size());
  }

  private void said(Source said) {
    page.line(
        Phrase.of("      " + said.position() + ": ", Tone.FAINT)
            .and(said.text().strip(), Tone.QUOTE),
        8);
  }

  private void gaps() {
    Map<String, List<Gap>> byPlace = new LinkedHashMap<>();
    Attempts attempts = new Attempts(snapshot.inventory().failed());
    List<Gap> gaps = Gaps.of(snapshot);
    gaps.forEach(gap -> byPlace.computeIfAbsent(gap.place(), place -> new ArrayList<>()).add(gap));
    if (gaps.isEmpty()) {
      return;
    }
    page.heading("Missing for a full walk, and what shows it");
    for (String place : some(new ArrayList<>(byPlace.keySet()))) {
      page.line(Phrase.of("  " + place, Tone.NAME));
      for (Gap gap : byPlace.getOrDefault(place, List.of())) {
        page.line(Phrase.of("    " + gap.fact() + ": ").and(gap.command(), Tone.QUOTE), 6);
        attempts.at(gap.command()).ifPresent(this::said);
      }
    }
    more(byPlace.size());
  }

  private <T> List<T> some(List<T> entries) {
    return first(entries, SOME);
  }

  private <T> List<T> first(List<T> entries, int most) {
    return all || entries.size() <= most ? entries : entries.subList(0, most);
  }

  private void more(int size) {
    more(size, SOME);
  }

  private void more(int size, int shown) {
    if (!all && size > shown) {
      page.line(Phrase.of("    and %d more (--all)".formatted(size - shown), Tone.FAINT));
    }
  }
}
