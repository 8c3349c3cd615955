package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.netfilter.Backend;
import io.packetwalk.model.netfilter.FilterDump;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.model.netfilter.TableFamily;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads of {@code nft list ruleset} which tables have chains at hooks. Their rules aren't read: a
 * table without chains in the model is one whose rules nobody has read.
 */
final class NftReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean lists = run.word(0).equals("nft") && run.words().contains("list");
    return lists ? Optional.of("nft list") : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    List<RuleTable> tables = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    Optional<RuleTable> open = Optional.empty();
    for (Line line : run.output()) {
      Optional<RuleTable> header = header(line);
      open = header.isPresent() ? header : open;
      if (header.isEmpty() && isRule(line)) {
        unread.add(new Reading.Unread(line, "rules of nftables aren't read"));
      }
      if (line.text().contains(" hook ") && open.isPresent()) {
        tables.add(open.get());
        open = Optional.empty();
      }
    }
    boolean all = run.words().contains("ruleset") && !run.gap();
    FilterDump dump =
        new FilterDump(
            FilterDump.Tool.NFT,
            Optional.empty(),
            Optional.empty(),
            all ? Coverage.COMPLETE : Coverage.PARTIAL,
            tables,
            false,
            run.prompt().source());
    return new Reading(List.of(new Fact.Filter(dump)), unread);
  }

  private static boolean isRule(Line line) {
    String text = line.text().strip();
    return !text.isEmpty() && !text.equals("}") && !text.startsWith("#");
  }

  /** A line that opens a table; without a family it is one of IPv4. */
  private static Optional<RuleTable> header(Line line) {
    String[] words = line.text().strip().split("\\s+", 5);
    boolean opens =
        words.length >= 3 && words[0].equals("table") && words[words.length - 1].equals("{");
    if (!opens) {
      return Optional.empty();
    }
    Optional<TableFamily> family =
        words.length == 3 ? Optional.of(TableFamily.IP) : family(words[1]);
    return family.map(known ->
        new RuleTable(
            Backend.NFTABLES, known, words[words.length - 2], Map.of(), Map.of(), line.source()));
  }

  private static Optional<TableFamily> family(String word) {
    for (TableFamily family : TableFamily.values()) {
      if (family.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(family);
      }
    }
    return Optional.empty();
  }
}
