package io.packetwalk.read.command;

import io.packetwalk.read.CommandReader;
import java.util.List;

/** The readers of Linux commands beside {@code ip}. */
public final class LinuxReaders {
  private LinuxReaders() {}

  public static List<CommandReader> all() {
    return List.of(
        new RouteReader(),
        new ArpReader(),
        new IfconfigReader(),
        new BridgeReader(),
        new BrctlReader(),
        new SysctlReader(),
        new ProcSysReader(),
        new ProcNetReader(),
        new InterfaceConfigReader(),
        new EthtoolReader(),
        new ProgramReader(),
        new WireguardReader(),
        new TcpdumpReader(),
        new PingReader(),
        new QuietReader());
  }
}
