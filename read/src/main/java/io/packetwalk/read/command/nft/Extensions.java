package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.RulePart;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.model.netfilter.TableFamily;
import io.packetwalk.read.command.netfilter.PrintedExtensions;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;

/**
 * Parts of rules of {@code iptables-nft} for which nft has no words.
 *
 * <pre>
 * # match-set web dst counter packets 0 bytes 0 return      nft before 1.0.2, in iptables' words
 * xt match "set" counter packets 0 bytes 0 xt target "LOG"  since: only what it is
 * </pre>
 */
final class Extensions {
  private static final String COUNTER = " counter packets ";

  private Extensions() {}

  /** Whether a remark is a part of a rule: all that iptables writes are counted. */
  static boolean isPart(Token remark) {
    return Statements.isRemark(remark) && remark.text().contains(COUNTER);
  }

  /** The words with what stands behind {@code #} taken apart: the match, and nft's words again. */
  static List<Token> takenApart(List<Token> words) {
    Token remark = words.getLast();
    if (!isPart(remark)) {
      return words;
    }
    List<Token> apart = new ArrayList<>(words.subList(0, words.size() - 1));
    int end = remark.text().lastIndexOf(COUNTER);
    Line line = remark.line();
    apart.add(new Token(remark.text().substring(0, end), false, line));
    Lexer.split(new Line(line.file(), line.number(), remark.text().substring(end)), apart);
    return apart;
  }

  /** What a match printed in iptables' words, each behind a {@code #}. */
  static List<RulePart> printed(String text, TableFamily family) {
    IpFamily version = family == TableFamily.IP6 ? IpFamily.IPV6 : IpFamily.IPV4;
    List<RulePart> parts = new ArrayList<>();
    for (String match : text.split("(^|\\s)#\\s", -1)) {
      if (!match.isBlank()) {
        parts.addAll(PrintedExtensions.matches(match, version));
      }
    }
    return parts;
  }

  /** {@code xt match "comment"}, {@code xt target "LOG"}. */
  static List<RulePart> named(Cursor cursor) {
    cursor.expect("xt");
    boolean target = cursor.take("target");
    if (!target) {
      cursor.expect("match");
    }
    String name = cursor.next().text();
    String text = "xt " + (target ? "target " : "match ") + name;
    if (!target) {
      List<Match> known = PrintedExtensions.named(name).orElse(List.of(new Match.Unreadable(text)));
      return List.copyOf(known);
    }
    return List.of(
        PrintedExtensions.isAside(name)
            ? new Statement.Aside(text)
            : new Statement.Unreadable(text));
  }
}
