package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One way through a hook while it is being found out.
 *
 * @param reroutes where it was routed again
 * @param marking changes of the mark that no remark tells yet
 * @param zone the conntrack zone that a rule has chosen for the packet
 */
record Trial(
    double weight,
    InFlight packet,
    Optional<Passage.Ending> ending,
    List<Passage.Remark> remarks,
    List<Passage.Reroute> reroutes,
    List<Assumption> assumptions,
    Marking marking,
    int zone) {
  Trial {
    remarks = List.copyOf(remarks);
    reroutes = List.copyOf(reroutes);
    assumptions = List.copyOf(assumptions);
  }

  /** Changes of the packet's mark: what it was, and the rules that wrote it. */
  record Marking(int before, String where, String why, List<Source> rules) {
    static Marking none(int mark) {
      return new Marking(mark, "", "", List.of());
    }
  }

  static Trial of(InFlight packet) {
    return new Trial(
        1,
        packet,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Marking.none(packet.mark()),
        0);
  }

  /** Whether nothing more is asked at this hook: the packet has ended or IPVS has taken it. */
  boolean isOver() {
    return ending.isPresent()
        || packet.tracking().sending().filter(sending -> !sending.begun()).isPresent();
  }

  Trial weighing(double share) {
    return new Trial(weight * share, packet, ending, remarks, reroutes, assumptions, marking, zone);
  }

  Trial with(InFlight changed) {
    return new Trial(weight, changed, ending, remarks, reroutes, assumptions, marking, zone);
  }

  Trial withZone(int changed) {
    return new Trial(weight, packet, ending, remarks, reroutes, assumptions, marking, changed);
  }

  Trial assuming(Assumption assumption) {
    if (assumptions.contains(assumption)) {
      return this;
    }
    List<Assumption> more = new ArrayList<>(assumptions);
    more.add(assumption);
    return new Trial(weight, packet, ending, remarks, reroutes, more, marking, zone);
  }

  /** With another mark; the remark about it waits until something else happens. */
  Trial marked(int mark, String where, String why, Source rule) {
    if (mark == packet.mark()) {
      return this;
    }
    List<Source> rules = new ArrayList<>(marking.rules());
    rules.add(rule);
    Marking changed = new Marking(marking.before(), where, why, rules);
    return new Trial(
        weight, packet.withMark(mark), ending, remarks, reroutes, assumptions, changed, zone);
  }

  Trial remarking(Action action, String decision, List<Source> evidence) {
    Trial settled = settlingMarks();
    List<Passage.Remark> more = new ArrayList<>(settled.remarks);
    more.add(new Passage.Remark(action, decision, evidence, packet));
    return new Trial(
        weight, packet, ending, more, reroutes, assumptions, Marking.none(packet.mark()), zone);
  }

  Trial ending(Verdict verdict, String reason) {
    return ending(new Passage.Ending(verdict, reason));
  }

  Trial ending(Passage.Ending how) {
    Optional<Passage.Ending> end = Optional.of(how);
    return new Trial(weight, packet, end, remarks, reroutes, assumptions, marking, zone);
  }

  /** As the packet is now, routing is asked again. */
  Trial rerouted() {
    List<Passage.Reroute> more = new ArrayList<>(reroutes);
    more.add(new Passage.Reroute(settlingMarks().remarks, packet));
    return new Trial(weight, packet, ending, remarks, more, assumptions, marking, zone);
  }

  /** With a remark about the mark, if it isn't what it was. */
  private Trial settlingMarks() {
    if (marking.before() == packet.mark() || marking.rules().isEmpty()) {
      return this;
    }
    List<Passage.Remark> more = new ArrayList<>(remarks);
    String decision =
        String.format(
            "%s: mark 0x%x → 0x%x%s",
            marking.where(), marking.before(), packet.mark(), marking.why());
    more.add(new Passage.Remark(Action.CLASSIFY, decision, marking.rules().reversed(), packet));
    return new Trial(
        weight, packet, ending, more, reroutes, assumptions, Marking.none(packet.mark()), zone);
  }

  Passage passage(List<Assumption> general) {
    Trial settled = settlingMarks();
    List<Assumption> all = new ArrayList<>(general);
    settled.assumptions.stream().filter(one -> !all.contains(one)).forEach(all::add);
    return new Passage(weight, packet, ending, settled.remarks, reroutes, all);
  }
}
