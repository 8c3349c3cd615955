package io.packetwalk.model.net;

/** What an IP tunnel device puts in front of a packet. */
public enum TunnelMode {
  IPIP("ipip"),
  SIT("sit"),
  IP6TNL("ip6tnl"),
  GRE("gre"),
  GRETAP("gretap"),
  IP6GRE("ip6gre"),
  IP6GRETAP("ip6gretap");

  private final String kernelName;

  TunnelMode(String kernelName) {
    this.kernelName = kernelName;
  }

  /** The kind as {@code ip -d link} prints it. */
  public String kernelName() {
    return kernelName;
  }
}
