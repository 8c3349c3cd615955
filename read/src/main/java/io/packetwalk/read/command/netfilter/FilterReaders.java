package io.packetwalk.read.command.netfilter;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.command.nft.NftReader;
import java.util.List;

/** The readers of what decides about packets and connections. */
public final class FilterReaders {
  private FilterReaders() {}

  public static List<CommandReader> all() {
    return List.of(
        new IptablesRuleReader(),
        new IptablesListReader(),
        new IpSetReader(),
        new NftReader(),
        new ConntrackReader(),
        new VirtualServerReader(),
        new SocketReader(),
        new NetstatReader(),
        new SocketTableReader());
  }
}
