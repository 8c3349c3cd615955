package io.packetwalk.read.transcript;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line above an output that tells where it was taken: {@code --- 10.0.0.5 ( worker2 ) ---},
 * {@code **node1**}, {@code `ip route` on node1:}, {@code node1 | CHANGED | rc=0 >>}.
 *
 * <p>A machine that is named wrongly would get another's tables, so a line that could be about
 * something else, such as a device or a pair of places, is none.
 *
 * @param place empty when the line names none, or none for sure
 * @param command the command that the line quotes; empty when it quotes none
 * @param ruled whether it is drawn as a heading, so that it can't be part of an output
 */
record Heading(Optional<Place> place, List<String> command, boolean ruled) {
  private static final int LONGEST = 120;
  private static final int LONGEST_QUOTING = 4000;
  private static final Pattern RULED =
      Pattern.compile("([-=*_#+~])\\1{2,}\\s*(?<inside>[^\\s].*?)\\s*([-=*_#+~])\\3*:?");
  private static final Pattern MARKED =
      Pattern.compile("#{1,6}\\s+(?<title>.+?):?|\\*\\*(?<bold>[^*]+?):?\\*\\*:?");
  private static final Pattern LABEL = Pattern.compile("(?:[-*]\\s+)?(?<inside>[^\\s].*?)\\s*[:：]");
  private static final Pattern ANSIBLE =
      Pattern.compile("(?<inside>[\\w.-]+) \\| (?:CHANGED|SUCCESS|FAILED|UNREACHABLE!?)\\b.*>>");

  /** {@code node 10.0.0.5 ip route}, {@code on worker-1: ip route}. */
  private static final Pattern COMMANDED =
      Pattern.compile(
          "(?:[-*#]+\\s+)?(?i:on|at|in|node|host|worker|master|machine|server|vm)\\s+(?:(?i:node|host)\\s+)?"
              + "(?<place>[\\w.-]+?)\\s*[:,]?\\s+[$#]?\\s*(?<command>[a-z].*)");

  /** {@code route -n on node-2}. */
  private static final Pattern PLACED =
      Pattern.compile("(?<command>[a-z].*?)\\s+(?i:on|at|of)\\s+(?<place>[^:]+):?");

  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  /** Programs that people run without a word behind them. */
  private static final Set<String> BARE = Set.of("ifconfig", "arp", "route");

  /** What makes a sentence of a command's name. */
  private static final Set<String> SUBJECTS =
      Set.of("rules", "routes", "routing", "output", "outputs", "table", "tables", "info");

  /** What a line announces, if it is a heading of this kind. */
  static Optional<Heading> of(String line) {
    int longest = line.startsWith("`") ? LONGEST_QUOTING : LONGEST;
    if (line.length() > longest || line.isBlank() || line.charAt(0) == ' ') {
      return Optional.empty();
    }
    Optional<Heading> commanded = commanded(line).or(() -> placed(line));
    if (commanded.isPresent()) {
      return commanded;
    }
    Optional<String> drawn = inside(RULED, line).or(() -> inside(ANSIBLE, line));
    Optional<String> text =
        drawn
            .or(() -> inside(MARKED, line))
            .or(() -> inside(LABEL, line))
            .or(() -> QUOTED.matcher(line).matches() ? Optional.of(line) : Optional.empty());
    return text.flatMap(found -> heading(found, drawn.isPresent()));
  }

  private static Optional<Heading> commanded(String line) {
    Matcher matcher = COMMANDED.matcher(line);
    if (!matcher.matches() || !KnownCommands.plausible(matcher.group("command"))) {
      return Optional.empty();
    }
    return PlaceWords.single(matcher.group("place"), true)
        .map(place -> new Heading(Optional.of(place), typed(matcher.group("command")), false));
  }

  private static Optional<Heading> placed(String line) {
    Matcher matcher = PLACED.matcher(line);
    if (!matcher.matches() || !isCommand(matcher.group("command"))) {
      return Optional.empty();
    }
    List<String> words = PlaceWords.words(matcher.group("place"));
    return words.stream().anyMatch(PlaceWords::isAddress)
        ? Optional.empty()
        : PlaceWords.named(words)
            .map(place -> new Heading(Optional.of(place), typed(matcher.group("command")), false));
  }

  /** A command as typed, rather than a program's name in a sentence. */
  private static boolean isWhole(String text) {
    return KnownCommands.plausible(text)
        && (text.indexOf(' ') > 0 || text.endsWith("-save") || BARE.contains(text));
  }

  private static boolean isCommand(String text) {
    List<String> words = List.of(text.split("\\s+", 3));
    return KnownCommands.plausible(text)
        && (words.size() == 1 || !SUBJECTS.contains(words.get(1).toLowerCase(Locale.ROOT)));
  }

  private static Optional<String> inside(Pattern shape, String line) {
    Matcher matcher = shape.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return matcher.namedGroups().keySet().stream()
        .map(matcher::group)
        .filter(group -> group != null)
        .findFirst();
  }

  private static Optional<Heading> heading(String text, boolean ruled) {
    Matcher quoted = QUOTED.matcher(text);
    Optional<String> typed =
        quoted.results().map(match -> match.group(1)).filter(Heading::isWhole).findFirst();
    if (typed.isEmpty() && isCommand(text)) {
      return Optional.of(new Heading(Optional.empty(), typed(text), ruled));
    }
    String rest = typed.map(command -> text.replace("`" + command + "`", " ")).orElse(text);
    Optional<Place> place = PlaceWords.place(rest.replace("`", ""), ruled);
    return place.isEmpty() && typed.isEmpty()
        ? Optional.empty()
        : Optional.of(new Heading(place, typed.map(Heading::typed).orElse(List.of()), ruled));
  }

  /** This heading where another stands right above: of the same place, if it names none. */
  Heading below(Optional<Heading> above) {
    return place.isPresent() ? this : new Heading(above.flatMap(Heading::place), command, ruled);
  }

  private static List<String> typed(String command) {
    return CommandLine.parse(command).stages().getFirst().words();
  }
}
