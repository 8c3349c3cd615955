package io.packetwalk.walk.openflow;

/** The bits of {@code ct_state} (Open vSwitch, {@code packets.h}). */
public final class ConnectionState {
  public static final int NEW = 0x01;
  public static final int ESTABLISHED = 0x02;
  public static final int RELATED = 0x04;
  public static final int REPLY = 0x08;
  public static final int INVALID = 0x10;
  public static final int TRACKED = 0x20;
  public static final int SOURCE_TRANSLATED = 0x40;
  public static final int DESTINATION_TRANSLATED = 0x80;

  private ConnectionState() {}
}
