package io.packetwalk.read.command;

import io.packetwalk.model.net.Sysctl;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code sysctl}: settings that it lists ({@code -a}, names), bare values ({@code -n}) and
 * settings that it made ({@code -w}, {@code -p}).
 */
public final class SysctlReader implements CommandReader {
  private static final Pattern SETTING = Pattern.compile("\\s*([\\w./:@-]{3,200})\\s*=(.*)");

  /** What bridges give to netfilter is set in files that are there only with br_netfilter. */
  private static final Pattern WITHOUT_MODULE =
      Pattern.compile(
          "sysctl: (?:cannot stat /proc/sys/|error: ')(net[./]bridge[./]bridge-nf-call-\\w+tables)"
              + "(?:: No such file or directory|' is an unknown key)");

  private static final Set<String> VALUED = Set.of("-r", "--pattern", "-p", "--load", "-f");

  @Override
  public Optional<String> recognise(CommandRun run) {
    return run.word(0).equals("sysctl") ? Optional.of("sysctl") : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    Arguments arguments = Arguments.of(run.words(), VALUED);
    Rows<Sysctl> rows = Rows.headed();
    boolean bare = arguments.has("-n", "--values") && !arguments.has("-a", "-A", "--all");
    if (bare) {
      values(run.output(), arguments.operands(), rows);
    } else {
      run.output().stream().filter(line -> !line.isBlank()).forEach(line -> setting(line, rows));
    }
    return reading(rows);
  }

  static Reading reading(Rows<Sysctl> rows) {
    List<Fact> facts =
        rows.entries().isEmpty() ? List.of() : List.of(new Fact.Settings(rows.entries()));
    return new Reading(facts, rows.unread());
  }

  private static void setting(Line line, Rows<Sysctl> rows) {
    Matcher setting = SETTING.matcher(line.text());
    boolean named = setting.matches() && isName(setting.group(1));
    if (named) {
      rows.add(
          new Sysctl(
              Sysctl.key(setting.group(1)), SettingValue.of(setting.group(2)), line.source()));
      return;
    }
    Matcher missing = WITHOUT_MODULE.matcher(line.text().strip());
    if (missing.matches()) {
      rows.add(new Sysctl(Sysctl.key(missing.group(1)), "0", line.source()));
    } else {
      rows.skip(line, "not a setting");
    }
  }

  private static boolean isName(String name) {
    return name.indexOf('.') > 0 || name.indexOf('/') >= 0;
  }

  private static void values(List<Line> output, List<String> names, Rows<Sysctl> rows) {
    List<Line> lines = output.stream().filter(line -> !line.isBlank()).toList();
    boolean failed = lines.stream().anyMatch(line -> line.text().startsWith("sysctl: "));
    if (failed || lines.size() < names.size()) {
      lines.forEach(line -> rows.skip(line, "a value whose name can't be told"));
      return;
    }
    for (int index = 0; index < lines.size(); index++) {
      Line line = lines.get(index);
      if (index < names.size()) {
        String key = Sysctl.key(names.get(index));
        rows.add(new Sysctl(key, SettingValue.of(line.text()), line.source()));
      } else {
        rows.skip(line, "more lines than names were asked for");
      }
    }
  }
}
