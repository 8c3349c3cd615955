package io.packetwalk.capture.tap;

import io.packetwalk.model.NamespaceId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A capture point's name: {@code node/namespace/device}. A pod's namespace may be written with its
 * two names, {@code node/pod:NAMESPACE/NAME/device}.
 */
public record TapName(NamespaceId place, String device) {
  private static final String POD = "pod:";

  /** A capture, which may be compressed, and one of those of {@code tcpdump -C} or logrotate. */
  private static final Pattern CAPTURE =
      Pattern.compile("(.+?)\\.(?:pcapng|pcap|cap|dump)(?:\\.?[0-9]{1,6})?(?:\\.(?:gz|zst))?");

  /**
   * The number and time in the names of a ring buffer's files ({@code dumpcap -b}), and the times
   * that people write with {@code tcpdump -G}: {@code _00001_20261128100527}, {@code
   * -2026-11-28T10:05:27}, {@code .1764324327}.
   */
  private static final Pattern PIECE =
      Pattern.compile(
          "(.+?)(?:_[0-9]{5}_[0-9]{14}|[-_.](?:20[0-9]{2}[-_]?[01][0-9][-_]?[0-3][0-9]"
              + "(?:[-_T.]?[0-2][0-9][-_:.]?[0-5][0-9](?:[-_:.]?[0-5][0-9])?)?|1[0-9]{9}))");

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
    Matcher capture = CAPTURE.matcher(file);
    if (!capture.matches()) {
      return file;
    }
    String name = capture.group(1);
    Matcher piece = PIECE.matcher(name);
    return piece.matches() ? piece.group(1) : name;
  }

  static boolean isCapture(String file) {
    return CAPTURE.matcher(file).matches();
  }

  @Override
  public String toString() {
    return place.node() + "/" + place.name() + "/" + device;
  }
}
