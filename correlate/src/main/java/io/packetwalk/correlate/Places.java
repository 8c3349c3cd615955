package io.packetwalk.correlate;

import io.packetwalk.capture.tap.Tap;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.wire.layer.WireGuard;
import java.util.List;

/** Which places of a prediction captures show, and which places the state knows. */
public final class Places {
  /** What tcpdump calls a capture of all devices at once. */
  static final String ALL_DEVICES = "any";

  private Places() {}

  /** The steps of a branch that a capture on their device shows, each once, in order. */
  public static List<Step> observable(Branch branch) {
    return branch.steps().stream().filter(Places::isObservable).toList();
  }

  /** What goes out of {@code lo} and comes in again is captured once; copies aren't the packet. */
  static boolean isObservable(Step step) {
    boolean again = step.stage() == Stage.INGRESS && step.device().equals("lo");
    boolean copy =
        step.decision().startsWith("a flooded copy")
            || step.decision().startsWith("the copy isn't for");
    return step.isObservable() && !again && !copy && !isEncrypted(step);
  }

  /** Captures show an encrypted packet, but not that it is this one. */
  private static boolean isEncrypted(Step step) {
    return step.packet().first(WireGuard.class).isPresent();
  }

  /**
   * Whether a bridge of this node was predicted to send the packet out of all its ports: copies of
   * it are then seen behind every one of them.
   */
  public static boolean isFlooded(Branch branch, String node) {
    return branch.steps().stream()
        .filter(step -> step.stage() == Stage.BRIDGE && step.place().node().equals(node))
        .map(Step::decision)
        .anyMatch(text -> text.contains("out of every port") || text.startsWith("no port of "));
  }

  /** Whether the state has anything about this namespace. */
  public static boolean isKnown(Snapshot snapshot, NamespaceId place) {
    return snapshot.namespaces().containsKey(place);
  }

  /**
   * Whether the state has the tap's device: not one of all devices at once, nor one that is gone.
   */
  public static boolean isDevice(Snapshot snapshot, Tap tap) {
    return snapshot.namespace(tap.place()).links().device(tap.device()).isPresent();
  }

  /** Whether it is a bridge, whose captures also show what its ports pass among themselves. */
  public static boolean isBridge(Snapshot snapshot, Tap tap) {
    return snapshot
        .namespace(tap.place())
        .links()
        .device(tap.device())
        .filter(device -> device.kind() instanceof DeviceKind.Bridge)
        .isPresent();
  }
}
