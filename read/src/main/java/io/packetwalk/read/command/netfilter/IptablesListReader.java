package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.netfilter.Backend;
import io.packetwalk.model.netfilter.FilterDump;
import io.packetwalk.model.netfilter.TableFamily;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code iptables -L}, with and without {@code -v}, {@code -n} and line numbers. */
public final class IptablesListReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    return FilterCommand.of(run)
        .filter(command -> command.style() == FilterCommand.Style.LIST)
        .map(FilterCommand::inventoryName);
  }

  @Override
  public Reading read(CommandRun run) {
    return FilterCommand.of(run)
        .map(command -> new Output(run, command).read())
        .orElseGet(Reading::of);
  }

  /** The output of one command. */
  private static final class Output {
    private final CommandRun run;
    private final FilterCommand command;
    private final TableBuilder table;
    private final List<Reading.Unread> unread = new ArrayList<>();
    private final RuleReader rules;
    private Optional<ListedColumns> columns = Optional.empty();
    private String chain = "";
    private int chains;
    private boolean otherBackend;

    Output(CommandRun run, FilterCommand command) {
      this.run = run;
      this.command = command;
      this.rules = new RuleReader(command.family());
      this.table = new TableBuilder(command.table().orElse("filter"), run.prompt().source());
      if (run.gap()) {
        withoutHeader();
      }
    }

    /** A filter such as {@code grep} leaves rules of the one chain that was asked for. */
    private void withoutHeader() {
      boolean built = command.chain().filter(name -> name.matches("[A-Z]+")).isPresent();
      if (command.chain().isPresent() && !built) {
        chain = command.chain().get();
        columns = Optional.of(new ListedColumns(command.numbered(), command.verbose()));
      }
    }

    Reading read() {
      run.output().forEach(this::line);
      if (chains == 0 && table.isEmpty()) {
        return new Reading(List.of(), unread);
      }
      boolean nft = otherBackend || command.tool() == FilterDump.Tool.IPTABLES_NFT;
      Backend backend = nft ? Backend.NFTABLES : Backend.LEGACY;
      boolean partial = run.gap() || command.chain().isPresent();
      FilterDump dump =
          new FilterDump(
              otherBackend ? FilterDump.Tool.IPTABLES_NFT : command.tool(),
              Optional.of(command.family()),
              command.table(),
              partial ? Coverage.PARTIAL : Coverage.COMPLETE,
              List.of(table.build(backend, TableFamily.of(command.family()))),
              otherBackend,
              run.prompt().source());
      return new Reading(List.of(new Fact.Filter(dump)), unread);
    }

    private void line(Line line) {
      String text = line.text().strip();
      if (text.startsWith("Chain ")) {
        declare(text, line);
      } else if (ListedColumns.isHeader(text)) {
        columns = Optional.of(ListedColumns.of(text));
      } else if (IptablesRuleReader.isRemark(text)) {
        otherBackend |= text.contains("tables-legacy tables present");
      } else if (!text.isEmpty()) {
        rule(line);
      }
    }

    /**
     * {@code Chain INPUT (policy ACCEPT 0 packets, 0 bytes)} or {@code Chain web (2 references)}.
     */
    private void declare(String text, Line line) {
      String[] words = text.split("[\\s()]+", -1);
      if (words.length < 3) {
        unread.add(new Reading.Unread(line, "a chain without a policy"));
        chain = "";
        return;
      }
      chain = words[1];
      chains++;
      boolean base = words[2].equals("policy") && words.length > 3;
      table.declare(chain, base ? words[3] : "-", line.source());
    }

    private void rule(Line line) {
      Optional<RuleWords> words =
          chain.isEmpty()
              ? Optional.empty()
              : columns.flatMap(known -> known.read(chain, line.text()));
      boolean hiddenDevices = columns.filter(ListedColumns::verbose).isEmpty();
      words.ifPresentOrElse(
          rule -> table.add(chain, Hidden.devices(rules.read(rule, line.source()), hiddenDevices)),
          () -> unread.add(new Reading.Unread(line, "not a rule of iptables -L")));
    }
  }
}
