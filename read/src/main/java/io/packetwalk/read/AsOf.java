package io.packetwalk.read;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A moment in a state: the line of a file up to which the file has been written. Other files are
 * taken as they are.
 *
 * @param file the file's path or the end of it; empty when the state has one file only
 * @param line counted from 1; what stands behind it doesn't exist yet
 */
public record AsOf(String file, int line) {
  public AsOf {
    if (line < 1) {
      throw new IllegalArgumentException("lines are counted from 1");
    }
  }

  /** Reads {@code FILE:LINE} or {@code LINE}; empty when it is neither. */
  public static Optional<AsOf> parse(String text) {
    int colon = text.lastIndexOf(':');
    OptionalInt line = positive(text.substring(colon + 1));
    return line.isEmpty() || colon == 0
        ? Optional.empty()
        : Optional.of(new AsOf(text.substring(0, Math.max(0, colon)), line.getAsInt()));
  }

  private static OptionalInt positive(String text) {
    boolean digits =
        !text.isEmpty()
            && text.length() <= 9
            && text.chars().allMatch(character -> character >= '0' && character <= '9');
    int number = digits ? Integer.parseInt(text) : 0;
    return number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
  }

  /**
   * The path of the file that is meant.
   *
   * @throws UnknownFile when the state hasn't got it, or has several that end so
   */
  String resolve(List<String> paths) throws UnknownFile {
    List<String> exact = paths.stream().filter(file::equals).toList();
    List<String> candidates = exact.isEmpty() ? ending(paths) : exact;
    if (candidates.size() == 1) {
      return candidates.getFirst();
    }
    String asked = file.isEmpty() ? "a line alone" : file;
    String reason =
        candidates.isEmpty() ? " is no file of the state" : " can mean several files of the state";
    List<String> named = candidates.isEmpty() ? paths : candidates;
    List<String> first = named.subList(0, Math.min(10, named.size()));
    throw new UnknownFile(asked + reason + ": " + String.join(", ", first));
  }

  private List<String> ending(List<String> paths) {
    if (file.isEmpty()) {
      return paths;
    }
    List<String> whole = paths.stream().filter(path -> path.endsWith("/" + file)).toList();
    if (!whole.isEmpty()) {
      return whole;
    }
    List<String> part = paths.stream().filter(path -> path.endsWith(file)).toList();
    return part.isEmpty()
        ? paths.stream().filter(path -> file.endsWith("/" + path)).toList()
        : part;
  }

  /** The file of an {@link AsOf} can't be told. */
  public static final class UnknownFile extends Exception {
    private static final long serialVersionUID = 1;

    /** With a sentence for the person who named the file. */
    public UnknownFile(String message) {
      super(message);
    }
  }
}
