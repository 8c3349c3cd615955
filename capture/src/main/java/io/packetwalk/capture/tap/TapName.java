package io.packetwalk.capture.tap;

import io.packetwalk.model.NamespaceId;
import java.util.List;
import java.util.Optional;

/**
 * A capture point's name: {@code node/namespace/device}. A pod's namespace may be written with its
 * two names, {@code node/pod:NAMESPACE/NAME/device}.
 */
public record TapName(NamespaceId place, String device) {
  private static final String POD = "pod:";
  private static final List<String> ENDINGS =
      List.of(".gz", ".zst", ".pcap", ".pcapng", ".cap", ".dump");

  /** Reads a name; empty when it isn't one. */
  public static Optional<TapName> parse(String text) {
    return of(List.of(text.split("/", -1)));
  }

  /** The name that the end of a file's path is, the device without the file's ending. */
  public static Optional<TapName> ofPath(List<String> parts) {
    if (parts.size() < 3) {
      return Optional.empty();
    }
    int from = parts.size() - 3;
    boolean pod = from > 0 && parts.get(from).startsWith(POD);
    String device = withoutEnding(parts.getLast());
    String place = parts.get(from + 1);
    return pod
        ? of(List.of(parts.get(from - 1), parts.get(from), place, device))
        : of(List.of(parts.get(from), place, device));
  }

  private static Optional<TapName> of(List<String> parts) {
    boolean pod = parts.size() == 4 && parts.get(1).startsWith(POD);
    if (parts.stream().anyMatch(String::isEmpty) || (parts.size() != 3 && !pod)) {
      return Optional.empty();
    }
    String namespace = pod ? parts.get(1) + "/" + parts.get(2) : parts.get(1);
    return Optional.of(new TapName(new NamespaceId(parts.getFirst(), namespace), parts.getLast()));
  }

  /** A file's name without what says that it is a capture, and that it is compressed. */
  static String withoutEnding(String file) {
    String name = file;
    for (String ending : ENDINGS) {
      if (name.endsWith(ending) && name.length() > ending.length()) {
        name = name.substring(0, name.length() - ending.length());
      }
    }
    return name;
  }

  static boolean isCapture(String file) {
    return !withoutEnding(file).equals(file)
        && ENDINGS.stream()
            .skip(2)
            .anyMatch(ending -> file.endsWith(ending) || file.contains(ending + "."));
  }

  @Override
  public String toString() {
    return place.node() + "/" + place.name() + "/" + device;
  }
}
