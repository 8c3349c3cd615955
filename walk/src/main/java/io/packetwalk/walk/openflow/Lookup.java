package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.walk.Assumption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One look-up in a table, conjunctive matches included.
 *
 * <p>Open vSwitch's {@code classifier_lookup}: the best ordinary flow counts unless conjunctive
 * flows of higher priority match. Of these, priority by priority from the highest, the look-up asks
 * whether all clauses of one conjunction are there; then it looks again with {@code conj_id} set
 * and the conjunctive flows left out. If nothing comes of it, they count as if they had not
 * matched.
 */
final class Lookup {
  private final SwitchTables tables;
  private final TableId table;
  private final List<Flow> learned;
  private List<Flow> found = List.of();
  private Optional<String> doubt = Optional.empty();
  private Optional<Flow> doubtful = Optional.empty();

  Lookup(SwitchTables tables, TableId table, List<Flow> learned) {
    this.tables = tables;
    this.table = table;
    this.learned = learned;
  }

  /** The flow that is hit; several when Open vSwitch may take any of them, none for a miss. */
  List<Flow> found() {
    return found;
  }

  /** Why it can't be said which flow is hit. */
  Optional<String> doubt() {
    return doubt;
  }

  Optional<Flow> doubtful() {
    return doubtful;
  }

  /** What is taken for granted where one of several is taken. */
  Assumption assumption(Flow taken) {
    return new Assumption(
        "of %d flows of priority %d in table %s that match, Open vSwitch takes %s"
            .formatted(found.size(), taken.priority(), table, Wording.position(taken)),
        "ovs-appctl ofproto/trace " + tables.bridge().name() + " …",
        found.stream().map(Flow::source).toList());
  }

  Lookup search(long[] words) {
    List<IndexedFlow> matching = matching(words);
    int firm = firm(matching);
    TreeMap<Integer, List<IndexedFlow>> soft = new TreeMap<>(Collections.reverseOrder());
    for (IndexedFlow flow : matching) {
      if (flow.isConjunctive() && flow.priority() > firm) {
        soft.computeIfAbsent(flow.priority(), priority -> new ArrayList<>()).add(flow);
      }
    }
    for (List<IndexedFlow> ofPriority : soft.values()) {
      for (long id : complete(ofPriority)) {
        long[] conjoined = words.clone();
        Vector.write(conjoined, FlowFields.CONJUNCTION, Bits.of(id));
        List<IndexedFlow> again =
            ordinary(withLearned(tables.index(table).conjoined(conjoined), conjoined));
        if (!again.isEmpty()) {
          choose(again);
          return this;
        }
      }
    }
    choose(ordinary(matching));
    return this;
  }

  /** What matches in the table, and among the flows that were learned. */
  private List<IndexedFlow> matching(long[] words) {
    return withLearned(tables.index(table).search(words), words);
  }

  private List<IndexedFlow> withLearned(List<IndexedFlow> found, long[] words) {
    if (learned.isEmpty()) {
      return found;
    }
    List<IndexedFlow> all = new ArrayList<>(found);
    int order = Integer.MAX_VALUE - learned.size();
    for (Flow flow : learned) {
      Constraint constraint = Constraint.of(flow.match(), tables.ports());
      if (constraint.fits(words)) {
        all.add(IndexedFlow.of(flow, order, constraint.isCertain()));
      }
      order++;
    }
    all.sort(
        Comparator.comparingInt(IndexedFlow::priority)
            .thenComparingInt(IndexedFlow::order)
            .reversed());
    return all;
  }

  private static int firm(List<IndexedFlow> flows) {
    return flows.stream()
        .filter(flow -> flow.certain() && !flow.isConjunctive())
        .mapToInt(IndexedFlow::priority)
        .max()
        .orElse(Integer.MIN_VALUE);
  }

  private static List<IndexedFlow> ordinary(List<IndexedFlow> flows) {
    return flows.stream().filter(flow -> !flow.isConjunctive()).toList();
  }

  /** The conjunctions of which every clause is there, in the order of their numbers. */
  private static List<Long> complete(List<IndexedFlow> flows) {
    Map<Long, Long> clauses = new TreeMap<>();
    Map<Long, Integer> counts = new TreeMap<>();
    for (IndexedFlow flow : flows) {
      for (FlowAction.Conjunction conjunction : flow.conjunctions()) {
        clauses.merge(conjunction.id(), 1L << (conjunction.clause() - 1), (a, b) -> a | b);
        counts.put(conjunction.id(), conjunction.clauses());
      }
    }
    List<Long> ids = new ArrayList<>();
    clauses.forEach((id, seen) -> {
      if (seen == Bits.ones(counts.getOrDefault(id, 64)).low()) {
        ids.add(id);
      }
    });
    return ids;
  }

  /** The best one. Of different ones of one priority Open vSwitch may take any. */
  private void choose(List<IndexedFlow> flows) {
    if (flows.isEmpty()) {
      return;
    }
    IndexedFlow best = flows.getFirst();
    if (!best.certain()) {
      doubtful = Optional.of(best.flow());
      doubt =
          Optional.of(
              "whether the packet matches %s isn't known: %s isn't understood"
                  .formatted(Wording.position(best.flow()), Wording.unknown(best.flow())));
      return;
    }
    found =
        flows.stream()
            .filter(flow -> flow.certain() && flow.priority() == best.priority())
            .filter(flow -> flow.order() == best.order() || isRival(best.flow(), flow.flow()))
            .map(IndexedFlow::flow)
            .toList();
  }

  /** Whether two flows of one priority differ in what they do and in what they match. */
  private static boolean isRival(Flow best, Flow other) {
    return !best.actions().equals(other.actions()) && !best.match().equals(other.match());
  }
}
