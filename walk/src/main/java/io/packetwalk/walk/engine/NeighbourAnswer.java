package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.walk.Assumption;
import io.packetwalk.wire.MacAddress;
import java.util.List;

/** Which link-layer address a next hop has. */
sealed interface NeighbourAnswer {
  default List<Assumption> assumptions() {
    return List.of();
  }

  /** The device has no link-layer addresses. */
  record NotNeeded() implements NeighbourAnswer {}

  /**
   * The address is known, or would be answered.
   *
   * @param mac all zero when it would be answered, but by an address that isn't in the state
   */
  record At(MacAddress mac, String decision, List<Source> evidence, List<Assumption> assumptions)
      implements NeighbourAnswer {
    public At {
      evidence = List.copyOf(evidence);
      assumptions = List.copyOf(assumptions);
    }
  }

  /** Nobody on the device's segment would answer. */
  record Nobody(String decision, List<Source> evidence, List<Assumption> assumptions)
      implements NeighbourAnswer {
    public Nobody {
      evidence = List.copyOf(evidence);
      assumptions = List.copyOf(assumptions);
    }
  }

  /** The state doesn't show what decides. */
  record NotShown(Assumption missing) implements NeighbourAnswer {}
}
