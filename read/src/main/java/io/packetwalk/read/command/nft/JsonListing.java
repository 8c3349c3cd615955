package io.packetwalk.read.command.nft;

import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.read.tree.Tree;
import io.packetwalk.read.tree.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code nft -j} prints, laid out as {@code nft} prints it without: one statement a line, each
 * line with the number of the line that it was read from.
 *
 * @param unread the lines that aren't JSON
 */
record JsonListing(List<Line> lines, List<Reading.Unread> unread) {

  static JsonListing of(List<Line> printed) {
    Trees.Outcome<Collector> outcome = Trees.read(printed, Collector::new);
    List<Line> lines = new ArrayList<>();
    outcome.documents().forEach(collector -> collector.write(lines));
    return new JsonListing(lines, outcome.unread());
  }

  /** The lines of a chain, a set or a map. */
  private record Block(Line head, List<Line> body) {}

  /** The blocks of a table. */
  private record Blocks(Line head, Map<String, Block> blocks) {}

  /** Sorts the objects by the tables that they are in. */
  private static final class Collector implements Trees.Visitor {
    private final Map<String, Blocks> tables = new LinkedHashMap<>();

    @Override
    public void document(Tree tree) {
      for (Tree entry : tree.elements("nftables")) {
        JsonExpressions.only(entry).ifPresent(found -> take(found.getKey(), found.getValue()));
      }
    }

    @Override
    public void element(Tree tree, String listKind) {}

    private void take(String kind, Tree tree) {
      switch (kind) {
        case "table" -> table(tree, tree.text("name"));
        case "chain" -> chain(tree);
        case "rule" -> rule(tree);
        case "set", "map" -> set(kind, tree);
        default -> {}
      }
    }

    private static Line line(Tree tree, String text) {
      return tree.source()
          .map(source -> new Line(source.file(), source.line(), text))
          .orElseGet(() -> new Line("", 1, text));
    }

    private Optional<Blocks> table(Tree tree, Optional<String> name) {
      Optional<String> family = tree.text("family");
      return family.flatMap(known ->
          name.map(called -> {
            String head = "table " + known + " " + called + " {";
            return tables.computeIfAbsent(
                head, key -> new Blocks(line(tree, head), new LinkedHashMap<>()));
          }));
    }

    private Optional<Block> block(String kind, Tree tree, Optional<String> name) {
      return table(tree, tree.text("table"))
          .flatMap(table ->
              name.map(called -> {
                String head = kind + " " + called + " {";
                return table
                    .blocks()
                    .computeIfAbsent(head, key -> new Block(line(tree, head), new ArrayList<>()));
              }));
    }

    private void chain(Tree tree) {
      Optional<Block> block = block("chain", tree, tree.text("name"));
      Optional<String> hook = tree.text("hook");
      if (block.isPresent() && hook.isPresent()) {
        String text =
            "type "
                + tree.text("type").orElse("filter")
                + " hook "
                + hook.get()
                + devices(tree)
                + " priority "
                + tree.text("prio").orElse("0")
                + "; policy "
                + tree.text("policy").orElse("accept")
                + ";";
        block.get().body().addFirst(line(tree, text));
      }
    }

    private static String devices(Tree tree) {
      if (tree.at("dev") instanceof Tree.Items) {
        return " devices = { " + String.join(", ", tree.texts("dev")) + " }";
      }
      return tree.text("dev").map(" device "::concat).orElse("");
    }

    private void rule(Tree tree) {
      block("chain", tree, tree.text("chain"))
          .ifPresent(block -> block.body().add(line(tree, JsonStatements.rule(tree))));
    }

    private void set(String kind, Tree tree) {
      block(kind, tree, tree.text("name")).ifPresent(block -> set(tree, block.body()));
    }

    private static void set(Tree tree, List<Line> body) {
      String data = tree.at("map").isAbsent() ? "" : " : " + typeText(tree.at("map"));
      body.add(line(tree, "type " + typeText(tree.at("type")) + data));
      String flags = JsonExpressions.flags(tree, ",");
      if (!flags.isEmpty()) {
        body.add(line(tree, "flags " + flags));
      }
      List<Tree> elements = tree.elements("elem");
      if (!elements.isEmpty()) {
        body.add(line(tree, "elements = {"));
        elements.forEach(element -> body.add(line(element, JsonExpressions.member(element) + ",")));
        body.add(line(tree, "}"));
      }
    }

    private static String typeText(Tree tree) {
      return tree instanceof Tree.Items
          ? String.join(" . ", tree.texts())
          : tree.text().orElse("?");
    }

    void write(List<Line> lines) {
      for (Blocks table : tables.values()) {
        lines.add(table.head());
        for (Block block : table.blocks().values()) {
          lines.add(block.head());
          lines.addAll(block.body());
          lines.add(new Line("", 1, "}"));
        }
        lines.add(new Line("", 1, "}"));
      }
    }
  }
}
