package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Match;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * iptables' matches and targets where another tool shows them: nft, which knows no words of its own
 * for some of those that rules of {@code iptables-nft} have.
 */
public final class PrintedExtensions {
  private PrintedExtensions() {}

  /** The conditions that a text stands for which a match printed as {@code iptables -L} does. */
  public static List<Match> matches(String text, IpFamily family) {
    ListedExtras printed = ListedExtras.read(List.of(text.strip().split("\\s+", -1)), "");
    MatchReader reader = new MatchReader(family);
    List<Match> matches = new ArrayList<>();
    printed.matches().forEach(match -> matches.addAll(reader.read(match)));
    if (!printed.target().isEmpty()) {
      matches.add(new Match.Unreadable(text));
    }
    return matches;
  }

  /** The conditions of a match of which only the name is shown, where that is enough. */
  public static Optional<List<Match>> named(String match) {
    return switch (match) {
      case "comment", "rt", "frag", "hbh", "dst" ->
          Optional.of(new MatchReader(IpFamily.IPV6).read(new Extension(match, List.of())));
      default -> Optional.empty();
    };
  }

  /** Whether a target leaves a packet's way as it is. */
  public static boolean isAside(String target) {
    return TargetReader.isAside(target);
  }
}
