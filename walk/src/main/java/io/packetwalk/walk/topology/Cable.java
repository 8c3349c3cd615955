package io.packetwalk.walk.topology;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.walk.Assumption;
import java.util.List;
import java.util.Optional;

/** What is at the other end of a device. */
public sealed interface Cable {
  /**
   * A device of a namespace.
   *
   * @param evidence the lines that show it, best first
   * @param assumption set when the state only makes it plausible
   */
  record To(
      NamespaceId namespace, String device, List<Source> evidence, Optional<Assumption> assumption)
      implements Cable {
    public To {
      evidence = List.copyOf(evidence);
    }
  }

  /**
   * Something that the state doesn't show: a network card's wire, a namespace nobody looked into.
   */
  record Outside() implements Cable {}

  /** A cable inside the machine whose other end can't be told. */
  record Unknown(Assumption missing) implements Cable {}
}
