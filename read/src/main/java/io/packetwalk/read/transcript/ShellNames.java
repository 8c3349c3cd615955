package io.packetwalk.read.transcript;

import io.packetwalk.read.transcript.CommandLine.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The aliases and variables that a file's shells were given, as far as they stand for plain text:
 * {@code alias ipt="docker exec worker iptables -t nat -nvL"}, {@code NODE=worker2}.
 */
final class ShellNames {
  private static final int MOST = 200;
  private static final int LONGEST = 500;
  private static final Pattern ALIAS =
      Pattern.compile("alias (?<name>[\\w.-]+)=(?<value>\"[^\"]*\"|'[^']*'|[^\\s\"']+)\\s*");
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?:export"
              + " )?(?<name>[A-Z_][A-Z0-9_]*)=(?<value>\"[^\"$`]*\"|'[^']*'|[^\\s\"'$`(]+)\\s*;?");
  private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\{(\\w+)\\}|(\\w+))");

  private final Map<String, List<String>> aliases = new LinkedHashMap<>();
  private final Map<String, String> variables = new LinkedHashMap<>();

  /** Takes note of what a line gives a name to, if it does. */
  void see(String line) {
    if (line.indexOf('=') < 0 || line.length() > LONGEST) {
      return;
    }
    Matcher alias = ALIAS.matcher(line);
    Matcher variable = VARIABLE.matcher(line);
    if (alias.matches()) {
      alias(alias.group("name"), alias.group("value"));
    } else if (variable.matches() && variables.size() < MOST) {
      variables.put(variable.group("name"), unquoted(variable.group("value")));
    }
  }

  private void alias(String name, String value) {
    String text = value.startsWith("'") ? unquoted(value) : expanded(unquoted(value));
    List<Stage> stages = CommandLine.parse(text).stages();
    boolean plain = stages.size() == 1 && !stages.getFirst().words().isEmpty();
    if (plain && aliases.size() < MOST) {
      aliases.put(name, stages.getFirst().words());
    }
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && (value.charAt(0) == '"' || value.charAt(0) == '\'');
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** A command line with the names replaced by what they stand for. */
  CommandLine expanded(CommandLine line) {
    if (aliases.isEmpty() && variables.isEmpty()) {
      return line;
    }
    List<Stage> stages =
        line.stages().stream()
            .map(stage -> new Stage(words(stage.words()), stage.after(), stage.redirected()))
            .toList();
    return new CommandLine(stages, line.heredoc(), line.unfinished());
  }

  private List<String> words(List<String> typed) {
    List<String> words = new ArrayList<>();
    if (!typed.isEmpty()) {
      words.addAll(aliases.getOrDefault(typed.getFirst(), List.of(typed.getFirst())));
      words.addAll(typed.subList(1, typed.size()));
    }
    words.replaceAll(this::expanded);
    return words;
  }

  private String expanded(String text) {
    return text.indexOf('$') < 0
        ? text
        : REFERENCE
            .matcher(text)
            .replaceAll(match -> {
              String name = match.group(1) == null ? match.group(2) : match.group(1);
              return Matcher.quoteReplacement(variables.getOrDefault(name, match.group()));
            });
  }
}
