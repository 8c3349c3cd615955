package io.packetwalk.read.command.nft;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.netfilter.FilterDump;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code nft list ruleset}, {@code table}, {@code chain}, {@code set}, {@code map}. */
public final class NftReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    return run.word(0).equals("nft") && run.words().contains("list")
        ? Optional.of("nft list")
        : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    Listed listed = Listed.of(run.words());
    List<Reading.Unread> unread = new ArrayList<>();
    Ruleset ruleset = new Ruleset();
    ruleset.read(lines(run, unread));
    unread.addAll(ruleset.unread());
    List<RuleTable> tables = ruleset.tables(!run.gap() && !listed.terse());
    boolean failed = tables.isEmpty() && !unread.isEmpty();
    if (failed || !listed.showsRules()) {
      return new Reading(List.of(), unread);
    }
    FilterDump dump =
        new FilterDump(
            FilterDump.Tool.NFT,
            Optional.empty(),
            listed.only(),
            listed.whole() && !run.gap() ? Coverage.COMPLETE : Coverage.PARTIAL,
            tables,
            false,
            run.prompt().source());
    return new Reading(List.of(new Fact.Filter(dump)), unread);
  }

  /** The output as text, whichever layout it has. */
  private static List<Line> lines(CommandRun run, List<Reading.Unread> unread) {
    boolean json =
        run.output().stream()
            .filter(line -> !line.isBlank())
            .findFirst()
            .filter(line -> line.text().stripLeading().startsWith("{"))
            .isPresent();
    if (!json) {
      return run.output();
    }
    JsonListing listing = JsonListing.of(run.output());
    unread.addAll(listing.unread());
    return listing.lines();
  }
}
