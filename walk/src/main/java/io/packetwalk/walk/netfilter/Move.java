package io.packetwalk.walk.netfilter;

/** Where a packet goes after a rule. */
sealed interface Move {
  Move NEXT = new Next();
  Move ACCEPT = new Accept();
  Move RETURN = new Return();
  Move END = new End();

  /** To the chain's next rule. */
  record Next() implements Move {}

  /** Out of the table, on its way. */
  record Accept() implements Move {}

  /** Back to the chain that it came from. */
  record Return() implements Move {}

  record Jump(String chain) implements Move {}

  record Goto(String chain) implements Move {}

  /** Nowhere: the trial has its ending. */
  record End() implements Move {}
}
