package io.packetwalk.proof;

import io.packetwalk.lab.Lab;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedPod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a few packets of a practice cluster may pass: their ends, with their nodes. Every device of
 * a node is among them, and its ends of all cables. To record only these takes less time.
 */
final class ConcernedSites {
  private ConcernedSites() {}

  /**
   * The sites of these ends.
   *
   * @param ends pods, nodes, the client, and Services as {@code svc/NAME} or {@code svc/NAME:PORT},
   *     which stand for their endpoints
   */
  static List<Lab.Site> of(Lab lab, List<String> ends) throws IOException {
    List<PlannedPod> pods = pods(lab.plan(), ends);
    List<String> rooms = pods.stream().map(PlannedPod::netns).toList();
    List<String> machines = new ArrayList<>(ends);
    pods.forEach(pod -> machines.add(pod.node().name()));
    return lab.sites().stream()
        .filter(site -> machines.contains(site.machine().name()))
        .map(site ->
            new Lab.Site(
                site.machine(),
                site.rooms().stream()
                    .filter(room -> room.isOwn() || rooms.contains(room.name()))
                    .toList()))
        .toList();
  }

  private static List<PlannedPod> pods(Plan plan, List<String> ends) {
    List<PlannedPod> pods = new ArrayList<>();
    for (String end : ends) {
      plan.pod(end).ifPresent(pods::add);
      if (end.startsWith("svc/")) {
        String service = end.replaceFirst("^svc/", "").replaceFirst(":.*$", "");
        pods.addAll(plan.service(service).orElseThrow().endpoints());
      }
    }
    return pods;
  }
}
