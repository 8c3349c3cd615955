package io.packetwalk.read.command.nft;

import io.packetwalk.read.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Expressions of {@code nft -j}, in the words that the text layout has for them. */
final class JsonExpressions {
  private static final int DEEPEST = 64;

  private JsonExpressions() {}

  static String text(Tree tree) {
    return text(tree, 0);
  }

  private static String text(Tree tree, int depth) {
    if (depth > DEEPEST) {
      return "too-deep";
    }
    return switch (tree) {
      case Tree.Scalar scalar -> scalar(scalar.value());
      case Tree.Items items -> joined(items.elements(), ", ", depth);
      case Tree.Fields fields ->
          fields.entries().entrySet().stream()
              .findFirst()
              .map(entry -> object(entry.getKey(), entry.getValue(), depth + 1))
              .orElse("nothing");
      case Tree.Absent _ -> "nothing";
    };
  }

  static String scalar(String value) {
    return switch (value) {
      case "true" -> "exists";
      case "false" -> "missing";
      default -> isWord(value) ? value : '"' + value.replace('"', '\'') + '"';
    };
  }

  private static boolean isWord(String value) {
    return !value.isEmpty()
        && value.chars().allMatch(c -> Character.isLetterOrDigit(c) || "/_.:-@*".indexOf(c) >= 0);
  }

  private static String joined(List<Tree> parts, String separator, int depth) {
    return parts.stream().map(part -> text(part, depth + 1)).collect(Collectors.joining(separator));
  }

  private static String object(String kind, Tree tree, int depth) {
    return switch (kind) {
      case "concat" -> joined(tree.elements(), " . ", depth);
      case "set" -> set(tree, depth);
      case "map" -> text(tree.at("key"), depth) + " map " + text(tree.at("data"), depth);
      case "vmap" -> text(tree.at("key"), depth) + " vmap " + text(tree.at("data"), depth);
      case "prefix" -> text(tree.at("addr"), depth) + "/" + text(tree.at("len"), depth);
      case "range" -> joined(tree.elements(), "-", depth);
      case "elem" -> element(tree, depth);
      case "jump", "goto" -> kind + " " + tree.text("target").orElse("?");
      case "accept", "drop", "continue", "return" -> kind;
      case "|", "&", "^", "<<", ">>" -> calculation(kind, tree.elements(), depth);
      default -> selector(kind, tree, depth);
    };
  }

  private static String selector(String kind, Tree tree, int depth) {
    return switch (kind) {
      case "payload" -> payload(tree);
      case "meta", "socket", "osf" -> kind + " " + tree.text("key").orElse("?");
      case "ct" -> words("ct", tree.text("dir"), tree.text("family"), tree.text("key"));
      case "rt" -> words("rt", tree.text("family"), tree.text("key"));
      case "fib" -> "fib " + flags(tree, " . ") + " " + tree.text("result").orElse("?");
      case "numgen" -> "numgen " + tree.text("mode").orElse("?") + modulus(tree);
      case "symhash" -> "symhash" + modulus(tree);
      case "jhash" ->
          "jhash "
              + text(tree.at("expr"), depth)
              + " mod "
              + tree.text("mod").orElse("0")
              + tree.text("seed").map(" seed "::concat).orElse("")
              + offset(tree);
      case "exthdr", "tcp option", "ip option", "sctp chunk", "dccp option" -> header(kind, tree);
      default -> "unknown-" + kind.replace(' ', '-');
    };
  }

  @SafeVarargs
  private static String words(String first, Optional<String>... others) {
    StringBuilder text = new StringBuilder(first);
    for (Optional<String> other : others) {
      other.ifPresent(word -> text.append(' ').append(word));
    }
    return text.toString();
  }

  private static String payload(Tree tree) {
    return tree.text("base")
        .map(base ->
            "@" + base + "," + tree.text("offset").orElse("?") + "," + tree.text("len").orElse("?"))
        .orElseGet(() -> words(tree.text("protocol").orElse("?"), tree.text("field")));
  }

  private static String header(String kind, Tree tree) {
    String name = tree.text("name").orElse("?");
    return words(kind.equals("exthdr") ? name : kind + " " + name, tree.text("field"));
  }

  static String flags(Tree tree, String separator) {
    return tree.at("flags") instanceof Tree.Items
        ? String.join(separator, tree.texts("flags"))
        : tree.text("flags").orElse("");
  }

  private static String modulus(Tree tree) {
    return " mod " + tree.text("mod").orElse("0") + offset(tree);
  }

  private static String offset(Tree tree) {
    return tree.text("offset").filter(at -> !at.equals("0")).map(" offset "::concat).orElse("");
  }

  private static String calculation(String operator, List<Tree> operands, int depth) {
    List<String> parts = new ArrayList<>();
    for (Tree operand : operands) {
      String part =
          operand instanceof Tree.Items flags
              ? "(" + joined(flags.elements(), " | ", depth) + ")"
              : text(operand, depth);
      boolean nested = !parts.isEmpty() && isCalculation(operand);
      parts.add(nested ? "(" + part + ")" : part);
    }
    return String.join(" " + operator + " ", parts);
  }

  private static boolean isCalculation(Tree tree) {
    return tree instanceof Tree.Fields fields
        && fields.entries().keySet().stream().anyMatch(key -> "|&^".contains(key));
  }

  private static String set(Tree tree, int depth) {
    List<Tree> elements = tree instanceof Tree.Items items ? items.elements() : List.of(tree);
    return elements.stream()
        .map(element -> member(element, depth))
        .collect(Collectors.joining(", ", "{ ", " }"));
  }

  /** An element, or a key with what a map has for it. */
  static String member(Tree tree) {
    return member(tree, 0);
  }

  private static String member(Tree tree, int depth) {
    return tree instanceof Tree.Items pair && pair.elements().size() == 2
        ? text(pair.elements().getFirst(), depth) + " : " + text(pair.elements().getLast(), depth)
        : text(tree, depth);
  }

  private static String element(Tree tree, int depth) {
    String comment =
        tree.text("comment").map(said -> " comment \"" + said.replace('"', '\'') + '"').orElse("");
    return text(tree.at("val"), depth) + comment;
  }

  /** The one thing that an object says, with its name. */
  static Optional<Map.Entry<String, Tree>> only(Tree tree) {
    return tree instanceof Tree.Fields fields
        ? fields.entries().entrySet().stream().findFirst()
        : Optional.empty();
  }
}
