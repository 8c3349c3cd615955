package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Side;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;

/** The match {@code recent}, which enters clients into lists and asks whether they are there. */
final class RecentMatch {
  private RecentMatch() {}

  static List<Match> read(Extension extension) {
    String list = extension.has("--name") ? extension.value("--name") : "DEFAULT";
    Side side = extension.has("--rdest") ? Side.DESTINATION : Side.SOURCE;
    boolean negated = extension.options().stream().anyMatch(Option::negated);
    String text = "-m " + extension.text();
    Optional<IpAddress> mask =
        extension.has("--mask")
            ? IpAddress.parse(extension.value("--mask"))
            : Optional.of(IpAddress.ofIpv6(-1, -1));
    return List.of(
        mask.<Match>map(known ->
                new Match.Met(
                    text, list, side, known, asked(extension), isBefore(extension), negated))
            .orElseGet(() -> new Match.Unreadable(text)));
  }

  private static Match.Met.Asked asked(Extension extension) {
    return extension.has("--remove")
        ? Match.Met.Asked.REMOVE
        : extension.has("--rcheck") || extension.has("--update")
            ? Match.Met.Asked.LOOK
            : Match.Met.Asked.ENTER;
  }

  /** Whether one packet isn't enough. */
  private static boolean isBefore(Extension extension) {
    return extension.has("--hitcount")
        && Numbers.parse(extension.value("--hitcount")).filter(count -> count <= 1).isEmpty();
  }
}
