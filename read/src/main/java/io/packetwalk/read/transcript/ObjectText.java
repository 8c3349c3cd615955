package io.packetwalk.read.transcript;

import java.util.List;
import java.util.Set;

/** Kubernetes objects as text: where they begin and end between other lines. */
final class ObjectText {
  private static final Set<String> PRINTERS =
      Set.of(
          "kubectl",
          "k",
          "oc",
          "calicoctl",
          "cat",
          "less",
          "more",
          "vi",
          "vim",
          "nano",
          "helm",
          "kustomize",
          "yq",
          "jq",
          "curl",
          "antctl",
          "head",
          "tail",
          "tee",
          "bat",
          "cilium",
          "git",
          "diff",
          "grep",
          "etcdctl",
          "kubeadm");

  private ObjectText() {}

  /** Whether a command may print objects by itself. */
  static boolean isPrinter(List<String> words) {
    return !words.isEmpty() && PRINTERS.contains(words.getFirst());
  }

  /** The line that an object pasted between other things begins with. */
  static boolean begins(String text) {
    String line = text.strip();
    return line.startsWith("apiVersion: ") && text.length() - line.length() <= 1;
  }

  /** Whether a line is one that only an API server writes. */
  static boolean isServerField(String line) {
    return line.startsWith("uid: ")
        || line.startsWith("resourceVersion: ")
        || line.startsWith("creationTimestamp: \"");
  }

  /** The index behind the last line of the object that begins at {@code from}. */
  static int end(List<Line> lines, int from) {
    int end = from;
    int index = from;
    while (index < lines.size() && isPart(lines.get(index).text())) {
      index++;
      if (!lines.get(index - 1).isBlank()) {
        end = index;
      }
    }
    return end;
  }

  private static boolean isPart(String text) {
    String line = text.strip();
    if (line.isEmpty() || line.equals("---") || line.startsWith("#") || line.startsWith("- ")) {
      return true;
    }
    boolean indented = text.charAt(0) == ' ' || text.charAt(0) == '\t';
    return indented || isKey(line);
  }

  private static boolean isKey(String line) {
    int colon = line.indexOf(':');
    boolean ends = colon > 0 && (colon + 1 == line.length() || line.charAt(colon + 1) == ' ');
    if (!ends) {
      return false;
    }
    for (int index = 0; index < colon; index++) {
      char character = line.charAt(index);
      boolean keyCharacter =
          Cursor.isNameCharacter(character) || character == '/' || character == '"';
      if (!keyCharacter) {
        return false;
      }
    }
    return true;
  }
}
