package io.packetwalk.read.command.nft;

import io.packetwalk.read.tree.Tree;
import io.packetwalk.read.tree.TreeText;
import java.util.Optional;
import java.util.stream.Collectors;

/** Statements of {@code nft -j}, in the words that the text layout has for them. */
final class JsonStatements {
  private JsonStatements() {}

  /** A rule's expressions one after the other. */
  static String rule(Tree rule) {
    String parts =
        rule.elements("expr").stream()
            .map(JsonStatements::statement)
            .collect(Collectors.joining(" "));
    return parts
        + rule.text("comment")
            .map(said -> " comment \"" + said.replace('"', '\'') + '"')
            .orElse("");
  }

  private static String statement(Tree tree) {
    return JsonExpressions.only(tree)
        .map(entry -> statement(entry.getKey(), entry.getValue(), tree))
        .orElse("nothing");
  }

  private static String statement(String kind, Tree tree, Tree whole) {
    return switch (kind) {
      case "match" -> match(tree);
      case "counter" -> counter(tree);
      case "mangle" ->
          JsonExpressions.text(tree.at("key")) + " set " + JsonExpressions.text(tree.at("value"));
      case "limit" -> limit(tree);
      case "quota" -> quota(tree);
      case "reject" -> reject(tree);
      case "snat", "dnat", "masquerade", "redirect" -> JsonNat.text(kind, tree);
      case "log", "notrack", "last" -> kind;
      case "tproxy" -> intercepted(tree);
      case "queue", "synproxy", "dup", "fwd" -> kind;
      case "flow" -> "flow add " + tree.text("flowtable").orElse("?");
      case "set", "map" -> change(kind, tree);
      case "ct helper", "ct timeout", "ct expectation" ->
          kind + " set \"" + tree.text().orElse("?") + '"';
      case "ct count" -> "ct count " + over(tree) + tree.text("val").orElse("?");
      case "accept", "drop", "continue", "return", "jump", "goto", "vmap" ->
          JsonExpressions.text(whole);
      case "xt" -> ofIptables(tree, whole);
      default -> "not-understood " + TreeText.of(whole).replace('"', '\'');
    };
  }

  /**
   * A match or target of iptables, of which JSON has the name alone: what it does must follow from
   * that.
   */
  private static String ofIptables(Tree tree, Tree whole) {
    return switch (tree.text("type").orElse("") + " " + tree.text("name").orElse("")) {
      case "match comment" -> "";
      case "target MASQUERADE" -> "masquerade";
      default -> "not-understood " + TreeText.of(whole).replace('"', '\'');
    };
  }

  private static String intercepted(Tree tree) {
    String address = tree.text("addr").orElse("");
    String bracketed = address.indexOf(':') >= 0 ? '[' + address + ']' : address;
    return "tproxy to " + bracketed + tree.text("port").map(port -> ":" + port).orElse("");
  }

  private static String match(Tree tree) {
    String operator = tree.text("op").filter(op -> !op.equals("in")).map(op -> op + " ").orElse("");
    Tree right = tree.at("right");
    String value =
        right instanceof Tree.Items flags
            ? flags.elements().stream().map(JsonExpressions::text).collect(Collectors.joining(","))
            : JsonExpressions.text(right);
    return JsonExpressions.text(tree.at("left")) + " " + operator + value;
  }

  private static String counter(Tree tree) {
    Optional<String> packets = tree.text("packets");
    if (packets.isPresent()) {
      return "counter packets " + packets.get() + " bytes " + tree.text("bytes").orElse("0");
    }
    return tree.text().map(name -> "counter name \"" + name + '"').orElse("counter");
  }

  private static String over(Tree tree) {
    return tree.truth("inv").orElse(false) ? "over " : "";
  }

  private static String limit(Tree tree) {
    if (tree.text().isPresent()) {
      return "limit name \"" + tree.text().get() + '"';
    }
    return "limit rate "
        + over(tree)
        + tree.text("rate").orElse("1")
        + tree.text("rate_unit").filter(unit -> !unit.equals("packets")).map(" "::concat).orElse("")
        + "/"
        + tree.text("per").orElse("second");
  }

  private static String quota(Tree tree) {
    return tree.text()
        .map(name -> "quota name \"" + name + '"')
        .orElseGet(() ->
            "quota "
                + over(tree)
                + tree.text("val").orElse("1")
                + " "
                + tree.text("val_unit").orElse("bytes"));
  }

  private static String reject(Tree tree) {
    return tree.text("type")
        .map(type -> "reject with " + type + tree.text("expr").map(code -> " " + code).orElse(""))
        .orElse("reject");
  }

  /** {@code add @set { KEY }}, {@code add @map { KEY : DATA }}. */
  private static String change(String kind, Tree tree) {
    String data = tree.at("data").isAbsent() ? "" : " : " + JsonExpressions.text(tree.at("data"));
    String conditions =
        tree.elements("stmt").stream()
            .map(part -> " " + statement(part))
            .collect(Collectors.joining());
    return tree.text("op").orElse("add")
        + " "
        + tree.text(kind).orElse("@?")
        + " { "
        + JsonExpressions.text(tree.at("elem"))
        + conditions
        + data
        + " }";
  }
}
