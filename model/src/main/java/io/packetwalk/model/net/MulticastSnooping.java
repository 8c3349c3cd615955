package io.packetwalk.model.net;

/**
 * Whether a bridge keeps what is for a group from those who haven't asked for it.
 *
 * @param router whether the bridge's own stack gets all groups as a router does ({@code
 *     mcast_router 2})
 * @param igmpSources whether it heeds which sources somebody asked for over IPv4 (IGMPv3)
 * @param mldSources the same over IPv6 (MLDv2)
 * @param perVlan whether it does so for each VLAN by itself
 */
public record MulticastSnooping(
    State state, boolean router, boolean igmpSources, boolean mldSources, boolean perVlan) {
  /** Nothing was shown. */
  public static final MulticastSnooping NOT_SHOWN =
      new MulticastSnooping(State.NOT_SHOWN, false, false, false, false);

  /** Whether it listens to who asks. */
  public enum State {
    NOT_SHOWN,
    OFF,
    /** Where somebody asks who wants what. */
    ON,
    /** The bridge asks itself. */
    QUERYING
  }
}
