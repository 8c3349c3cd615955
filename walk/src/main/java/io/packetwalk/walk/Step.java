package io.packetwalk.walk;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.wire.layer.Packet;
import java.util.List;

/**
 * One decision on a packet's way.
 *
 * @param device the device that the decision is about; empty between the nodes when none is known
 * @param decision one sentence without a full stop
 * @param evidence the lines that decided, the most important one first
 * @param packet as it is after the step. At {@link Stage#EGRESS} and {@link Stage#INGRESS} it is
 *     the frame that a capture on the device shows. What the state doesn't tell is zero: an
 *     all-zero MAC address (which only loopback has) is one that isn't known, and so is UDP source
 *     port 0 of a tunnel's outer header
 */
public record Step(
    NamespaceId place,
    String device,
    Stage stage,
    Action action,
    String decision,
    List<Source> evidence,
    Packet packet) {
  public Step {
    evidence = List.copyOf(evidence);
  }

  /**
   * Whether a capture on the step's device shows the packet of this step. A device that drops what
   * it should send or take does so before a capture sees it, or after it has come in, which is a
   * step of its own.
   */
  public boolean isObservable() {
    return (stage == Stage.EGRESS || stage == Stage.INGRESS) && action != Action.DROP;
  }
}
