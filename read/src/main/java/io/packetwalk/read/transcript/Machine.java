package io.packetwalk.read.transcript;

/** The name of the machine that a place is on, as far as its prompt tells. */
final class Machine {
  private Machine() {}

  static String of(Place place) {
    return switch (place) {
      case Place.Host(String name) -> name;
      case Place.Netns(String host, String ignored) -> host;
      case Place.ProcessId(String host, String ignored) -> host;
      case Place.Container container -> container.name();
      case Place.Pod(String namespace, String name, String ignored) ->
          "pod/" + (namespace.isEmpty() ? "default" : namespace) + "/" + name;
      case Place.Unnamed unnamed -> unnamed.machine();
    };
  }
}
