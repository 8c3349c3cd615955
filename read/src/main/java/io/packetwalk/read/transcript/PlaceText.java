package io.packetwalk.read.transcript;

/** A place as a person reads it. */
public final class PlaceText {
  private PlaceText() {}

  public static String of(Place place) {
    return switch (place) {
      case Place.Host(String name) -> name;
      case Place.Netns(String host, String name) -> host + ":" + name;
      case Place.ProcessId(String host, String pid) -> host + ":pid:" + pid;
      case Place.Container(String host, String name) -> host + ":container:" + name;
      case Place.Pod(String namespace, String name, String ignored) ->
          "pod/" + (namespace.isEmpty() ? "" : namespace + "/") + name;
      case Place.Unnamed(String file, int number) ->
          "(" + file + (number == 1 ? "" : ", machine " + number) + ")";
    };
  }
}
