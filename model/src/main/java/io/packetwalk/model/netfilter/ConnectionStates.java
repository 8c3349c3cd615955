package io.packetwalk.model.netfilter;

/** The bits by which rules name the state of a packet's connection, as nftables numbers them. */
public final class ConnectionStates {
  public static final int INVALID = 1;
  public static final int ESTABLISHED = 2;
  public static final int RELATED = 4;
  public static final int NEW = 8;
  public static final int UNTRACKED = 64;

  /** Of the connection's status ({@code IPS_…} in the kernel). */
  public static final int EXPECTED = 1;

  public static final int SEEN_REPLY = 2;
  public static final int ASSURED = 4;
  public static final int CONFIRMED = 8;
  public static final int SOURCE_TRANSLATED = 16;
  public static final int DESTINATION_TRANSLATED = 32;

  private ConnectionStates() {}
}
