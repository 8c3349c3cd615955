package io.packetwalk.lab.fault;

import io.packetwalk.lab.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All faults that can be put into practice clusters. */
public final class Faults {
  private static final List<Fault> ALL = collect();

  private Faults() {}

  private static List<Fault> collect() {
    List<Fault> all = new ArrayList<>();
    all.addAll(RoutingFaults.all());
    all.addAll(LinkFaults.all());
    all.addAll(FilterFaults.all());
    all.addAll(ServiceFaults.all());
    all.addAll(TunnelFaults.all());
    all.addAll(SwitchFaults.all());
    return List.copyOf(all);
  }

  public static List<Fault> all() {
    return ALL;
  }

  /** Those that make sense in this cluster. */
  public static List<Fault> of(Plan plan) {
    return ALL.stream().filter(fault -> fault.where().test(plan)).toList();
  }

  public static Optional<Fault> named(String name) {
    return ALL.stream().filter(fault -> fault.name().equals(name)).findFirst();
  }
}
