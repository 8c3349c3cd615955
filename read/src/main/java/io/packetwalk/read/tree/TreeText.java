package io.packetwalk.read.tree;

import java.util.Iterator;
import java.util.Map;

/**
 * A value written as compact JSON; every scalar as a string, since YAML doesn't tell them apart.
 */
public final class TreeText {
  private TreeText() {}

  public static String of(Tree tree) {
    StringBuilder text = new StringBuilder();
    write(tree, text);
    return text.toString();
  }

  private static void write(Tree tree, StringBuilder text) {
    switch (tree) {
      case Tree.Scalar scalar -> quote(scalar.value(), text);
      case Tree.Items items -> items(items, text);
      case Tree.Fields fields -> fields(fields, text);
      case Tree.Absent _ -> text.append("null");
    }
  }

  private static void items(Tree.Items items, StringBuilder text) {
    text.append('[');
    Iterator<Tree> elements = items.elements().iterator();
    while (elements.hasNext()) {
      write(elements.next(), text);
      text.append(elements.hasNext() ? "," : "");
    }
    text.append(']');
  }

  private static void fields(Tree.Fields fields, StringBuilder text) {
    text.append('{');
    Iterator<Map.Entry<String, Tree>> entries = fields.entries().entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, Tree> entry = entries.next();
      quote(entry.getKey(), text);
      text.append(':');
      write(entry.getValue(), text);
      text.append(entries.hasNext() ? "," : "");
    }
    text.append('}');
  }

  private static void quote(String value, StringBuilder text) {
    text.append('"');
    for (int index = 0; index < value.length(); index++) {
      char character = value.charAt(index);
      if (character == '"' || character == '\\') {
        text.append('\\').append(character);
      } else if (character < ' ') {
        text.append(String.format("\\u%04x", (int) character));
      } else {
        text.append(character);
      }
    }
    text.append('"');
  }
}
