package io.packetwalk.report.walk;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.report.packet.Envelope;
import io.packetwalk.report.packet.Summary;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Tone;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way of a packet as a rail that runs down through the nodes and past their devices. A node is
 * a box, its namespaces are parted by lines; the rail is double where the packet is in a tunnel.
 * Beside a device stands what a capture there shows, when it isn't what the device before had.
 */
final class Picture {
  private static final int SIDE_BY_SIDE = 70;
  private static final int BELOW = 7;

  private final WalkNames names;
  private final int columns;
  private final int longestDevice;
  private final List<Phrase> lines = new ArrayList<>();
  private Optional<NamespaceId> place = Optional.empty();
  private boolean inNode;
  private String rail;
  private List<Summary> shown;

  private Picture(
      WalkNames names, int columns, int longestDevice, String rail, List<Summary> shown) {
    this.names = names;
    this.columns = columns;
    this.longestDevice = longestDevice;
    this.rail = rail;
    this.shown = shown;
  }

  static List<Phrase> of(Tree tree, WalkNames names, int columns) {
    Picture picture = new Picture(names, columns, longestDevice(tree), "", List.of());
    picture.draw(tree);
    return picture.lines;
  }

  private static int longestDevice(Tree tree) {
    int here =
        tree.steps().stream()
            .filter(Step::isObservable)
            .mapToInt(step -> Phrase.of(step.device()).width())
            .max()
            .orElse(0);
    return tree.forks().stream().mapToInt(Picture::longestDevice).reduce(here, Math::max);
  }

  private void draw(Tree tree) {
    for (Landmark landmark : Landmark.of(tree.steps(), place)) {
      switch (landmark) {
        case Landmark.Namespace namespace -> enter(namespace.id());
        case Landmark.Device device -> pass(device);
        case Landmark.Between between -> leave(names.inText(between.text()));
      }
    }
    tree.end().ifPresent(this::end);
    if (!tree.forks().isEmpty()) {
      fork(tree.forks());
    }
  }

  private void enter(NamespaceId id) {
    boolean sameNode = inNode && place.map(NamespaceId::node).equals(Optional.of(id.node()));
    if (sameNode) {
      Phrase border = Phrase.of("├──" + crossing() + " ", Tone.FAINT);
      addWrapped(border.and(inNode(id), Tone.NAME));
    } else {
      closeNode();
      Phrase corner = Phrase.of(rail.isEmpty() ? "┌ " : "┌──" + crossing() + " ", Tone.FAINT);
      Phrase node = corner.and(id.node(), Tone.STRONG).and(" ▸ ", Tone.FAINT);
      addWrapped(node.and(inNode(id), Tone.NAME));
    }
    place = Optional.of(id);
    inNode = true;
  }

  private String inNode(NamespaceId id) {
    return names.inNode(id).orElse("host");
  }

  private void closeNode() {
    if (inNode) {
      add(Phrase.of("└──" + crossing(), Tone.FAINT));
      inNode = false;
    }
  }

  private String crossing() {
    return switch (rail) {
      case "" -> "┬";
      case "║" -> "╫";
      default -> "┼";
    };
  }

  private void pass(Landmark.Device device) {
    String before = rail;
    rail = Envelope.isTunnelled(device.packet()) ? "║" : "│";
    Phrase left =
        Phrase.of(inNode ? "│  " : "   ", Tone.FAINT)
            .and(before.isEmpty() ? "●" : rail)
            .and(" ")
            .and(device.name(), Tone.NAME);
    List<Summary> summaries = Summary.of(device.packet());
    if (summaries.equals(shown)) {
      add(left);
    } else {
      passChanged(left, summaries);
    }
    shown = summaries;
  }

  private void passChanged(Phrase left, List<Summary> summaries) {
    boolean beside = columns >= SIDE_BY_SIDE;
    int start = beside ? BELOW + longestDevice : BELOW;
    Phrase next = left;
    if (!beside) {
      add(left);
      next = continued();
    }
    for (Phrase line : SummaryLines.of(summaries, shown, columns - start)) {
      add(next.padded(start).and(line));
      next = continued();
    }
  }

  /** Adds a line of the node's box; what doesn't fit goes on inside of the box. */
  private void addWrapped(Phrase line) {
    List<Phrase> wrapped = line.wrapped(columns, BELOW);
    add(wrapped.getFirst());
    for (Phrase more : wrapped.subList(1, wrapped.size())) {
      add(Phrase.of("│", Tone.FAINT).and(more.plain().substring(1), Tone.NAME));
    }
  }

  private Phrase continued() {
    return Phrase.of(inNode ? "│  " : "   ", Tone.FAINT).and(rail);
  }

  private void leave(String text) {
    closeNode();
    place = Optional.empty();
    Phrase phrase = Phrase.of(text, Tone.FAINT);
    for (Phrase line : phrase.wrapped(columns - 5, 0)) {
      add(Phrase.of("   " + (rail.isEmpty() ? "│" : rail) + " ").and(line));
    }
  }

  private void end(Branch branch) {
    String corner = inNode ? "└──" : "   ";
    add(
        Phrase.of(corner, Tone.FAINT)
            .and(
                Verdicts.mark(branch.verdict()) + " " + Verdicts.word(branch.verdict()),
                Verdicts.tone(branch.verdict())));
    inNode = false;
  }

  private void fork(List<Tree> forks) {
    String corner = inNode ? "└──" : "   ";
    add(Phrase.of(corner + "┬ ", Tone.FAINT).and(forks.size() + " ways from here", Tone.STRONG));
    inNode = false;
    for (int index = 0; index < forks.size(); index++) {
      boolean last = index == forks.size() - 1;
      fork(forks.get(index), last ? "   └─ " : "   ├─ ", last ? "      " : "   │  ");
    }
  }

  private void fork(Tree branch, String first, String others) {
    Phrase share = Phrase.of(Verdicts.percent(branch.weight()), Tone.STRONG);
    Phrase title =
        branch
            .end()
            .map(end -> share.and("  " + names.inText(end.reason())))
            .orElse(share.and(" of packets"));
    List<Phrase> wrapped = title.wrapped(columns - first.length(), 0);
    add(Phrase.of(first, Tone.FAINT).and(wrapped.getFirst()));
    wrapped.stream().skip(1).forEach(line -> add(Phrase.of(others, Tone.FAINT).and(line)));
    Picture picture = new Picture(names, columns - others.length(), longestDevice, rail, shown);
    picture.draw(branch);
    picture.lines.forEach(line -> add(Phrase.of(others, Tone.FAINT).and(line)));
  }

  private void add(Phrase line) {
    lines.add(line);
  }

  /** Whether the steps hold anything that a picture can show. */
  static boolean isWorthwhile(List<Step> steps) {
    return steps.stream().anyMatch(step -> step.isObservable() || step.stage() == Stage.UNDERLAY);
  }
}
