package io.packetwalk.read.command;

import io.packetwalk.model.net.Sysctl;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads kernel settings that were looked at as files under {@code /proc/sys}: by {@code cat},
 * {@code grep}, {@code head}, {@code tail} or a loop, and those that {@code echo} wrote there.
 *
 * <p>Values of several files without their names can't be told apart and stay unread.
 */
public final class ProcSysReader implements CommandReader {
  private static final String ROOT = "/proc/sys/";
  private static final Pattern NAMED =
      Pattern.compile("\\s*(/proc/sys/[^\\s:=]{1,200})\\s*[:=\\s]\\s*(.+)");
  private static final Pattern HEADING =
      Pattern.compile("\\s*(?:==> )?(/proc/sys/[^\\s:=]{1,200})(?: <==|:)?\\s*");
  private static final Pattern WRITTEN =
      Pattern.compile(
          ".*\\becho\\s+(?:-n\\s+)?[\"']?(-?\\w+)[\"']?\\s*(?:>|\\|\\s*(?:sudo\\s+)?tee)\\s*"
              + "(/proc/sys/\\S{1,200})\\s*");

  @Override
  public Optional<String> recognise(CommandRun run) {
    if (run.word(0).equals("echo")) {
      boolean writes = WRITTEN.matcher(run.prompt().text()).matches();
      return writes ? Optional.of("echo > /proc/sys") : Optional.empty();
    }
    boolean shows =
        switch (run.word(0)) {
          case "cat", "grep", "head", "tail", "more", "for" -> true;
          default -> false;
        };
    boolean settings = run.words().stream().anyMatch(word -> word.startsWith(ROOT));
    return shows && settings ? Optional.of(run.word(0) + " /proc/sys") : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    Rows<Sysctl> rows = Rows.headed();
    List<Line> lines = run.output().stream().filter(line -> !line.isBlank()).toList();
    if (run.word(0).equals("echo")) {
      written(run, lines, rows);
    } else {
      shown(run, lines, rows);
    }
    return SysctlReader.reading(rows);
  }

  private static void written(CommandRun run, List<Line> lines, Rows<Sysctl> rows) {
    Matcher written = WRITTEN.matcher(run.prompt().text());
    boolean failed =
        lines.stream().anyMatch(line -> line.text().contains("denied") || refused(line));
    if (written.matches() && !failed) {
      rows.add(new Sysctl(Sysctl.key(written.group(2)), written.group(1), run.prompt().source()));
    }
    lines.stream()
        .filter(line -> !line.text().strip().equals(written.matches() ? written.group(1) : ""))
        .forEach(line -> rows.skip(line, "a message of the shell"));
  }

  private static boolean refused(Line line) {
    return line.text().contains("Read-only") || line.text().contains("No such file");
  }

  private static void shown(CommandRun run, List<Line> lines, Rows<Sysctl> rows) {
    List<String> paths = run.words().stream().filter(word -> word.startsWith(ROOT)).toList();
    boolean told = paths.stream().noneMatch(ProcSysReader::isPattern) && !run.word(0).equals("for");
    int unnamed = 0;
    Optional<String> heading = Optional.empty();
    for (Line line : lines) {
      Matcher named = NAMED.matcher(line.text());
      Matcher head = HEADING.matcher(line.text());
      if (head.matches()) {
        heading = Optional.of(head.group(1));
      } else if (named.matches()) {
        add(named.group(1), named.group(2), line, rows);
      } else if (heading.isPresent()) {
        add(heading.get(), line.text(), line, rows);
        heading = Optional.empty();
      } else if (!told) {
        rows.skip(line, "a value of one of several files: `grep . FILES` shows which");
      } else if (unnamed < paths.size() && isValue(line.text())) {
        add(paths.get(unnamed++), line.text(), line, rows);
      } else {
        rows.skip(line, "not the value of a setting");
        unnamed = isMessage(line) ? paths.size() : unnamed;
      }
    }
  }

  private static boolean isPattern(String path) {
    return path.chars().anyMatch(character -> "*?[{$".indexOf(character) >= 0);
  }

  private static boolean isMessage(Line line) {
    return line.text().contains(": No such") || line.text().contains("ermission denied");
  }

  private static boolean isValue(String text) {
    return !text.contains(": ") && Tokens.split(text).size() <= 8;
  }

  private static void add(String path, String value, Line line, Rows<Sysctl> rows) {
    rows.add(new Sysctl(Sysctl.key(path), SettingValue.of(value), line.source()));
  }
}
