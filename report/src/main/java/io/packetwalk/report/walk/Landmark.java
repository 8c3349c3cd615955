package io.packetwalk.report.walk;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a picture of the way shows of the steps: the namespaces entered and the devices passed. */
sealed interface Landmark {
  /** The packet comes into a namespace. */
  record Namespace(NamespaceId id) implements Landmark {}

  /** The packet passes a device, where a capture shows it like this. */
  record Device(String name, Packet packet) implements Landmark {}

  /** The packet is on its way between the nodes. */
  record Between(String text) implements Landmark {}

  /**
   * The landmarks of these steps.
   *
   * @param within the namespace that the packet is in before them
   */
  static List<Landmark> of(List<Step> steps, Optional<NamespaceId> within) {
    List<Landmark> landmarks = new ArrayList<>();
    Optional<NamespaceId> current = within;
    for (Step step : steps) {
      if (step.stage() == Stage.UNDERLAY) {
        landmarks.add(new Between(step.decision()));
        continue;
      }
      if (!current.equals(Optional.of(step.place()))) {
        current = Optional.of(step.place());
        landmarks.add(new Namespace(step.place()));
      }
      if (step.isObservable() && !isAgainLoopback(landmarks.getLast(), step)) {
        landmarks.add(new Device(step.device(), step.packet()));
      }
    }
    return landmarks;
  }

  /** Loopback gives back what was put in: once is enough. */
  private static boolean isAgainLoopback(Landmark last, Step step) {
    return step.device().equals("lo")
        && last instanceof Device device
        && device.name().equals("lo");
  }
}
