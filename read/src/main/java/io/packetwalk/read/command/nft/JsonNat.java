package io.packetwalk.read.command.nft;

import io.packetwalk.read.tree.Tree;

/** Translations of {@code nft -j}, in the words that the text layout has for them. */
final class JsonNat {
  private JsonNat() {}

  static String text(String kind, Tree tree) {
    Tree address = tree.at("addr");
    Tree port = tree.at("port");
    StringBuilder text = new StringBuilder(kind);
    tree.text("family").ifPresent(family -> text.append(' ').append(family));
    if (JsonExpressions.flags(tree, " ").contains("netmap")
        || tree.texts("type_flags").contains("prefix")
        || tree.text("type_flags").filter("prefix"::equals).isPresent()) {
      text.append(" prefix");
    }
    if (!address.isAbsent() || !port.isAbsent()) {
      text.append(" to ").append(address(address, !port.isAbsent())).append(port(port));
    }
    String flags = JsonExpressions.flags(tree, ",").replace("netmap", "");
    return flags.isEmpty() ? text.toString() : text.append(' ').append(flags).toString();
  }

  private static String address(Tree address, boolean ported) {
    if (address.isAbsent()) {
      return "";
    }
    String text = JsonExpressions.text(address);
    boolean plain = address instanceof Tree.Scalar || !address.elements("range").isEmpty();
    boolean bracketed = plain && ported && text.indexOf(':') >= 0;
    return bracketed ? "[" + text.replace("-", "]-[") + "]" : text;
  }

  /** A number or a range belongs to the word before; anything else stands behind its colon. */
  private static String port(Tree port) {
    if (port.isAbsent()) {
      return "";
    }
    boolean plain = port instanceof Tree.Scalar || !port.elements("range").isEmpty();
    return plain ? ":" + JsonExpressions.text(port) : " : " + JsonExpressions.text(port);
  }
}
