package io.packetwalk.read.command;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.net.RoutingRule;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code ip rule}. */
final class IpRuleReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    return IpCommand.parse(run.words())
        .filter(command -> command.isObject("rule") && !command.isOtherAction())
        .map(command -> "ip rule");
  }

  @Override
  public Reading read(CommandRun run) {
    IpCommand command = IpCommand.parse(run.words()).orElseThrow();
    IpFamily family = command.family().orElse(IpFamily.IPV4);
    List<RoutingRule> rules = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    if (command.json()) {
      JsonEntries entries = JsonEntries.of(run);
      entries.entries().forEach(e -> read(e.line(), IpRuleJson.words(e), family, rules, unread));
      unread.addAll(entries.unread());
    } else {
      run.output().forEach(line -> read(line, line.text(), family, rules, unread));
    }
    boolean narrowed = run.gap() || !command.filter().isEmpty();
    Coverage coverage = narrowed ? Coverage.PARTIAL : Coverage.COMPLETE;
    return new Reading(
        List.of(
            new Fact.Rules(family, new Listing<>(coverage, rules, List.of(run.prompt().source())))),
        unread);
  }

  private static void read(
      Line line,
      String text,
      IpFamily family,
      List<RoutingRule> rules,
      List<Reading.Unread> unread) {
    if (text.isBlank()) {
      return;
    }
    Optional<RuleLine> rule = RuleLine.parse(text, family, line.source());
    rule.ifPresentOrElse(
        found -> {
          rules.add(found.toRule());
          if (!found.tail().isEmpty()) {
            unread.add(Reading.Unread.tail(line, found.tail()));
          }
        },
        () -> unread.add(new Reading.Unread(line, "not a rule")));
  }
}
