package io.packetwalk.cli.question;

import java.util.List;

/** What to say about a name that the state doesn't have. */
final class Suggestions {
  private static final int AT_MOST = 8;
  private static final int COMPARED = 3;

  private Suggestions() {}

  static QuestionFault unknown(String kind, String name, List<String> known) {
    List<String> alike = known.stream().filter(other -> isAlike(name, other)).toList();
    List<String> shown = alike.isEmpty() ? known : alike;
    if (shown.isEmpty()) {
      return new QuestionFault("the state has no %s %s, and no other".formatted(kind, name));
    }
    return new QuestionFault(
        "the state has no %s %s; it has %s".formatted(kind, name, some(shown)));
  }

  /** The first of them, and how many more there are. */
  static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(AT_MOST, names.size())));
    return names.size() > AT_MOST
        ? first + " and %d more".formatted(names.size() - AT_MOST)
        : first;
  }

  /** Whether two names begin alike behind their last slash: a pod and its successor, for one. */
  private static boolean isAlike(String name, String other) {
    String own = lastPart(name);
    return lastPart(other).startsWith(own.substring(0, Math.min(COMPARED, own.length())));
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
