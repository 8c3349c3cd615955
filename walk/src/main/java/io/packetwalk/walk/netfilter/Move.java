package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Source;
import java.util.List;

/** Where a packet goes after a rule. */
sealed interface Move {
  Move NEXT = new Next();
  Move ACCEPT = new Accept();
  Move RETURN = new Return();
  Move END = new End();
  Move BREAK = new Break();
  Move OPEN = new Open();

  /** On, in the same rule as long as that has more parts. */
  record Next() implements Move {}

  /** To the chain's next rule, past what else the rule says (NFT_BREAK in the kernel). */
  record Break() implements Move {}

  /** Out of the table, on its way. */
  record Accept() implements Move {}

  /** Back to the chain that it came from. */
  record Return() implements Move {}

  /**
   * To another chain.
   *
   * @param grounds the lines that led there beside the rule: elements of sets and maps
   */
  record Jump(String chain, List<Source> grounds) implements Move {}

  /** The same without coming back. */
  record Goto(String chain, List<Source> grounds) implements Move {}

  /** Whether the packet fits the rule isn't known; the trial has ended undetermined over it. */
  record Open() implements Move {}

  /** Nowhere: the trial has its ending. */
  record End() implements Move {}
}
