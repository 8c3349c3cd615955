package io.packetwalk.wire.decode;

import io.packetwalk.wire.layer.Packet;
import java.util.List;

/**
 * What the decoder makes of one frame: the packet as far as it could be read, and what is wrong
 * with it.
 *
 * @param faults in the order in which they were found
 * @param remarks what isn't wrong but should be known
 */
public record Decoded(Packet packet, List<Fault> faults, List<Remark> remarks) {
  public Decoded {
    faults = List.copyOf(faults);
    remarks = List.copyOf(remarks);
  }

  /** Whether nothing is wrong and nothing was guessed. */
  public boolean isClean() {
    return faults.isEmpty() && remarks.isEmpty();
  }
}
