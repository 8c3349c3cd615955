package io.packetwalk.model.netfilter;

/** Which set or map a rule looks into. */
public sealed interface SetReference {
  /** One that is written in the rule. */
  record Inline(ElementSet set) implements SetReference {}

  /** One of the rule's table. */
  record OfTable(String name) implements SetReference {}

  /**
   * One of {@code ipset}.
   *
   * @param exceptions whether its exceptions are what fits ({@code --return-nomatch})
   */
  record IpSet(String name, boolean exceptions) implements SetReference {
    public IpSet(String name) {
      this(name, false);
    }
  }
}
