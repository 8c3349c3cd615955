package io.packetwalk.model.netfilter;

import io.packetwalk.wire.IpAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The rules of a long chain by the one destination address that they test.
 *
 * <p>A chain such as kube-proxy's list of Services has tens of thousands of rules of which all but
 * a few test for one address. A packet needs to be compared with those for its own address and with
 * those that don't test for one address.
 */
public final class RuleIndex {
  private static final int WORTHWHILE = 48;
  private static final RuleIndex NONE = new RuleIndex(0, Map.of(), new int[0]);

  private final int size;
  private final Map<IpAddress, int[]> byDestination;
  private final int[] others;

  private RuleIndex(int size, Map<IpAddress, int[]> byDestination, int[] others) {
    this.size = size;
    this.byDestination = byDestination;
    this.others = others;
  }

  public static RuleIndex of(List<Rule> rules) {
    if (rules.size() < WORTHWHILE) {
      return NONE;
    }
    Map<IpAddress, IntStream.Builder> lists = new LinkedHashMap<>();
    IntStream.Builder others = IntStream.builder();
    for (int number = 0; number < rules.size(); number++) {
      IpAddress tested = testedDestination(rules.get(number));
      boolean indexed = !tested.isUnspecified();
      (indexed ? lists.computeIfAbsent(tested, key -> IntStream.builder()) : others).add(number);
    }
    Map<IpAddress, int[]> built = new LinkedHashMap<>();
    lists.forEach((address, numbers) -> built.put(address, numbers.build().toArray()));
    return new RuleIndex(rules.size(), built, others.build().toArray());
  }

  /** The number of the first rule, from this one on, that may fit; the chain's size when none. */
  public int next(int from, IpAddress destination, int chainSize) {
    if (size == 0) {
      return from;
    }
    int[] own = byDestination.getOrDefault(destination, new int[0]);
    return Math.min(firstFrom(own, from, chainSize), firstFrom(others, from, chainSize));
  }

  private static int firstFrom(int[] numbers, int from, int none) {
    int found = java.util.Arrays.binarySearch(numbers, from);
    int position = found >= 0 ? found : -found - 1;
    return position < numbers.length ? numbers[position] : none;
  }

  /** The only destination that the rule is for; unspecified when it isn't for one. */
  private static IpAddress testedDestination(Rule rule) {
    for (RulePart part : rule.parts()) {
      if (part instanceof Match.Comparison(Operand value, boolean negated, List<Span> spans)
          && !negated
          && spans.size() == 1
          && value instanceof Operand.Of(Field field)
          && field == Field.DESTINATION_ADDRESS
          && spans.getFirst() instanceof Span.One(Datum only)
          && only instanceof Datum.Address(IpAddress address)) {
        return address;
      }
      if (part instanceof Statement) {
        break;
      }
    }
    return IpAddress.unspecified(io.packetwalk.wire.IpFamily.IPV4);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RuleIndex index
        && size == index.size
        && byDestination.keySet().equals(index.byDestination.keySet());
  }

  @Override
  public int hashCode() {
    return size;
  }
}
