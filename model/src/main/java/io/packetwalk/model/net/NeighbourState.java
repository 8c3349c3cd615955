package io.packetwalk.model.net;

/** The state of a neighbour entry (RFC 4861's machine, used for ARP as well). */
public enum NeighbourState {
  PERMANENT(true),
  NOARP(true),
  REACHABLE(true),
  STALE(true),
  DELAY(true),
  PROBE(true),
  INCOMPLETE(false),
  FAILED(false),
  NONE(false),
  /** The output doesn't tell, as {@code arp -n} doesn't. */
  NOT_SHOWN(true);

  private final boolean valid;

  NeighbourState(boolean valid) {
    this.valid = valid;
  }

  /** Whether an address in this state is used for sending (the kernel's NUD_VALID). */
  public boolean isValid() {
    return valid;
  }
}
