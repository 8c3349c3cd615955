package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Backend;
import io.packetwalk.model.netfilter.Counter;
import io.packetwalk.model.netfilter.FilterDump;
import io.packetwalk.model.netfilter.FilterDump.Tool;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.model.netfilter.TableFamily;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code iptables-save} with its variants for IPv6 and both backends, and {@code iptables
 * -S}.
 */
public final class IptablesRuleReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    return FilterCommand.of(run)
        .filter(command -> command.style() != FilterCommand.Style.LIST)
        .map(FilterCommand::inventoryName);
  }

  @Override
  public Reading read(CommandRun run) {
    return FilterCommand.of(run)
        .map(command -> new Dump(run, command).read())
        .orElseGet(Reading::of);
  }

  /** Whether the tool says something beside the rules: a comment, or what it warns of. */
  static boolean isRemark(String text) {
    return text.startsWith("#") || text.startsWith("Warning: ");
  }

  /** The output of one command. */
  private static final class Dump {
    private final CommandRun run;
    private final FilterCommand command;
    private final RuleReader rules;
    private final Map<String, TableBuilder> tables = new LinkedHashMap<>();
    private final List<Reading.Unread> unread = new ArrayList<>();
    private String table;
    private Optional<Tool> told = Optional.empty();
    private boolean otherBackend;

    Dump(CommandRun run, FilterCommand command) {
      this.run = run;
      this.command = command;
      this.rules = new RuleReader(command.family());
      this.table = command.table().orElse("filter");
    }

    Reading read() {
      run.output().forEach(this::line);
      boolean failed = tables.isEmpty() && !unread.isEmpty();
      return new Reading(failed ? List.of() : List.of(new Fact.Filter(dump())), unread);
    }

    private void line(Line line) {
      String text = line.text().strip();
      if (isRemark(text)) {
        told = told.or(() -> SaveHeader.tool(text));
        otherBackend |= text.contains("tables-legacy tables present");
      } else if (text.startsWith("*")) {
        table = text.substring(1).strip();
        tables.computeIfAbsent(table, name -> new TableBuilder(name, line.source()));
      } else if (text.startsWith(":")) {
        declare(text.substring(1), line);
      } else if (text.startsWith("-A ") || text.startsWith("[")) {
        rule(text, line);
      } else if (text.startsWith("-P ") || text.startsWith("-N ")) {
        declareAsOption(text, line);
      } else if (!text.isEmpty() && !text.equals("COMMIT")) {
        unread.add(new Reading.Unread(line, "not a line of " + command.inventoryName()));
      }
    }

    private TableBuilder current(Source source) {
      return tables.computeIfAbsent(table, name -> new TableBuilder(name, source));
    }

    private void declare(String text, Line line) {
      String[] words = text.strip().split("\\s+", 3);
      if (words.length < 2) {
        unread.add(new Reading.Unread(line, "a chain without a policy"));
        return;
      }
      current(line.source()).declare(words[0], words[1], line.source());
    }

    private void declareAsOption(String text, Line line) {
      String[] words = text.split("\\s+", 4);
      boolean policy = words[0].equals("-P");
      if (words.length < (policy ? 3 : 2)) {
        unread.add(new Reading.Unread(line, "a chain without a name or policy"));
        return;
      }
      current(line.source()).declare(words[1], policy ? words[2] : "-", line.source());
    }

    private void rule(String text, Line line) {
      int start = text.indexOf("-A ");
      Optional<Counter> counter =
          text.startsWith("[")
              ? Counters.inBrackets(text.substring(0, Math.max(0, start)).strip())
              : Optional.empty();
      if (start < 0 || (start > 0 && counter.isEmpty())) {
        unread.add(new Reading.Unread(line, "a rule without a chain"));
        return;
      }
      List<Word> words = Word.split(text.substring(start + 3));
      RuleWords sorted = RuleWords.of(words, counter);
      current(line.source()).add(sorted.chain(), rules.read(sorted, line.source()));
    }

    private FilterDump dump() {
      Tool tool = tool();
      Backend backend = tool == Tool.IPTABLES_NFT ? Backend.NFTABLES : Backend.LEGACY;
      TableFamily family = TableFamily.of(command.family());
      List<RuleTable> built =
          tables.values().stream().map(builder -> builder.build(backend, family)).toList();
      boolean partial = run.gap() || command.chain().isPresent();
      return new FilterDump(
          tool,
          Optional.of(command.family()),
          command.table(),
          partial ? Coverage.PARTIAL : Coverage.COMPLETE,
          built,
          otherBackend,
          run.prompt().source());
    }

    /** The backend that was asked for by name, else the one that the output tells. */
    private Tool tool() {
      if (otherBackend) {
        return Tool.IPTABLES_NFT;
      }
      return command.tool() == Tool.IPTABLES ? told.orElse(command.tool()) : command.tool();
    }
  }
}
