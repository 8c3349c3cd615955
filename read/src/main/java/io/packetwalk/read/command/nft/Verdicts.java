package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Statement;
import java.util.Optional;

/** The words that end a rule. */
final class Verdicts {
  private Verdicts() {}

  static Optional<Statement> read(Cursor cursor) {
    if (cursor.peek().quoted()) {
      return Optional.empty();
    }
    Optional<Statement> verdict =
        switch (cursor.peek().text()) {
          case "accept" -> Optional.of(new Statement.Accept());
          case "drop" -> Optional.of(new Statement.Drop());
          case "return" -> Optional.of(new Statement.Return());
          case "continue" -> Optional.of(new Statement.Aside("continue"));
          case "jump" -> Optional.of(new Statement.Jump(chain(cursor)));
          case "goto" -> Optional.of(new Statement.Goto(chain(cursor)));
          default -> Optional.empty();
        };
    if (verdict.isPresent()) {
      boolean elsewhere =
          verdict.get() instanceof Statement.Jump || verdict.get() instanceof Statement.Goto;
      cursor.next();
      if (elsewhere) {
        cursor.next();
      }
    }
    return verdict;
  }

  /** The chain's name; a rule that holds its chain in braces isn't listed so. */
  private static String chain(Cursor cursor) {
    if (cursor.peek(1).is("{")) {
      cursor.fail();
    }
    return cursor.peek(1).text();
  }
}
