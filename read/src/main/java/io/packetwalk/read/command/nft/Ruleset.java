package io.packetwalk.read.command.nft;

import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.BaseHook;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.model.netfilter.TableFamily;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the blocks of a listing: tables with their chains, sets, maps, flowtables and objects. A
 * line that isn't understood costs that line; a rule keeps what it couldn't say.
 */
final class Ruleset {
  private final List<NftTable> tables = new ArrayList<>();
  private final List<Reading.Unread> unread = new ArrayList<>();
  private Optional<NftTable> table = Optional.empty();
  private Optional<NftTable.OpenChain> chain = Optional.empty();
  private Optional<SetBuilder> set = Optional.empty();
  private boolean inObject;

  void read(List<Line> lines) {
    Statements statements = new Statements(lines);
    while (statements.hasNext()) {
      List<Token> words = statements.next();
      if (!words.isEmpty() && (!Statements.isRemark(words.getFirst()) || isRule(words))) {
        statement(words);
      }
    }
  }

  List<RuleTable> tables(boolean all) {
    return tables.stream().map(built -> built.build(all)).toList();
  }

  List<Reading.Unread> unread() {
    return List.copyOf(unread);
  }

  private void statement(List<Token> words) {
    Token first = words.getFirst();
    if (first.is("table") && Statements.opensBlock(words)) {
      openTable(Statements.withoutRemark(words));
    } else if (table.isEmpty()) {
      refuse(first.line(), "not a line of nft's listing");
    } else if (first.is("}")) {
      close();
    } else if (chain.isPresent()) {
      ofChain(words, chain.get());
    } else if (set.isPresent()) {
      ofSet(words, set.get());
    } else if (Statements.opensBlock(words)) {
      openBlock(first, words.get(1));
    } else if (!inObject && !isOfTable(first)) {
      refuse(first.line(), "not a line of a table");
    }
  }

  /** Whether what looks like a remark is a rule that begins with one of iptables' matches. */
  private boolean isRule(List<Token> words) {
    return chain.isPresent() && Extensions.isPart(words.getFirst());
  }

  private static boolean isOfTable(Token first) {
    return switch (first.text()) {
      case "comment", "flags", "counter", "quota", "limit", "ct", "secmark", "synproxy" -> true;
      default -> false;
    };
  }

  private void refuse(Line line, String reason) {
    unread.add(new Reading.Unread(line, reason));
  }

  private void openTable(List<Token> words) {
    close();
    close();
    Source source = words.getFirst().line().source();
    Optional<TableFamily> family =
        words.size() == 3 ? Optional.of(TableFamily.IP) : family(words.get(1).text());
    if (family.isEmpty()) {
      refuse(words.getFirst().line(), "no family of tables");
      return;
    }
    table = Optional.of(table(family.get(), words.get(words.size() - 2).text(), source));
  }

  /** The table of this name, which may have been listed in several pieces. */
  private NftTable table(TableFamily family, String name, Source source) {
    for (NftTable known : tables) {
      if (known.is(family, name)) {
        return known;
      }
    }
    NftTable opened = new NftTable(family, name, source);
    tables.add(opened);
    return opened;
  }

  static Optional<TableFamily> family(String word) {
    for (TableFamily family : TableFamily.values()) {
      if (family.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(family);
      }
    }
    return Optional.empty();
  }

  private void openBlock(Token kind, Token name) {
    Source source = kind.line().source();
    NftTable open = table.orElseThrow();
    switch (kind.text()) {
      case "chain" -> chain = Optional.of(open.chain(name.text(), source));
      case "set", "map" -> set = Optional.of(open.set(name.text(), source));
      default -> inObject = true;
    }
  }

  private void close() {
    boolean inBlock = chain.isPresent() || set.isPresent() || inObject;
    chain = Optional.empty();
    set = Optional.empty();
    inObject = false;
    if (!inBlock) {
      table = Optional.empty();
    }
  }

  private void ofSet(List<Token> words, SetBuilder open) {
    List<Token> bare = Statements.withoutRemark(words);
    for (List<Token> part : split(bare)) {
      if (!open.take(part)) {
        refuse(words.getFirst().line(), "not understood in a set: " + part.getFirst().text());
        return;
      }
    }
  }

  private void ofChain(List<Token> words, NftTable.OpenChain open) {
    Token first = words.getFirst();
    boolean about = first.is("comment") || first.is("flags") || first.is("policy");
    if (first.is("type") && words.size() > 3) {
      Optional<BaseHook> hook =
          HookLine.read(Statements.withoutRemark(words), table.orElseThrow().family());
      hook.ifPresent(open::hangAt);
      if (hook.isEmpty()) {
        refuse(first.line(), "a base chain whose hook isn't understood");
      }
    } else if (!about) {
      rule(words, open);
    }
  }

  private void rule(List<Token> words, NftTable.OpenChain open) {
    Source source = words.getFirst().line().source();
    Token last = words.getLast();
    boolean remark = Statements.isRemark(last);
    boolean handle = remark && last.text().startsWith("# handle ");
    List<Token> bare = remark && handle ? words.subList(0, words.size() - 1) : words;
    NftRuleReader.Read read =
        NftRuleReader.read(Extensions.takenApart(bare), table.orElseThrow().family(), source);
    open.add(read.rule());
    read.fault()
        .ifPresent(text -> refuse(words.getFirst().line(), "not understood in a rule: " + text));
  }

  private static List<List<Token>> split(List<Token> words) {
    List<List<Token>> parts = new ArrayList<>();
    int start = 0;
    for (int index = 0; index <= words.size(); index++) {
      if (index == words.size() || words.get(index).is(";")) {
        if (index > start) {
          parts.add(words.subList(start, index));
        }
        start = index + 1;
      }
    }
    return parts;
  }
}
