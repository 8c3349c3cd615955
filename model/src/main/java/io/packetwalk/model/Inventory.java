package io.packetwalk.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What reading a state met: which commands, and which lines weren't understood.
 *
 * @param commands every command that was found, in order
 * @param files the files that were read, by their paths inside the state
 * @param skipped the files that weren't read, each with the reason
 * @param failed the commands that said that they couldn't do their work
 */
public record Inventory(
    List<CommandSeen> commands,
    List<UnreadLine> unread,
    List<String> files,
    List<SkippedFile> skipped,
    List<FailedCommand> failed) {
  public Inventory {
    failed = List.copyOf(failed);
    commands = List.copyOf(commands);
    unread = List.copyOf(unread);
    files = List.copyOf(files);
    skipped = List.copyOf(skipped);
  }

  public static Inventory empty() {
    return new Inventory(List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** The same with what failed. */
  public Inventory withFailed(List<FailedCommand> commandsThatFailed) {
    return new Inventory(commands, unread, files, skipped, commandsThatFailed);
  }

  /** How often each command was seen, by its name with the sub-command. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    commands.forEach(command -> counts.merge(command.name(), 1L, Long::sum));
    return counts;
  }

  /** A file of the state that has nothing to read: a capture, an archive that is too large, … */
  public record SkippedFile(String path, String reason) {}

  /**
   * A command with its output.
   *
   * @param name the command's family, such as {@code ip route} or {@code kubectl get pods}
   * @param place where it ran, as text
   * @param understood whether a reader exists for it
   * @param readLines the output lines that told something or are known decoration
   * @param unreadLines the output lines that weren't understood
   */
  public record CommandSeen(
      String name,
      String place,
      boolean understood,
      int readLines,
      int unreadLines,
      Source source) {}
}
