package io.packetwalk.read.command.openflow;

import io.packetwalk.read.CommandReader;
import java.util.List;

/** The readers of Open vSwitch's tables. */
public final class OpenflowReaders {
  private OpenflowReaders() {}

  public static List<CommandReader> all() {
    return List.of(
        new DumpFlowsReader(),
        new TableNamesReader(),
        new DumpGroupsReader(),
        new MetersReader(),
        new PortsReader(),
        new TunnelOptionsReader(),
        new VsctlShowReader(),
        new FdbReader(),
        new DatapathReader(),
        new DatabaseReader(),
        new BridgePortsReader(),
        new AntctlSwitchReader(),
        new RestoreWaitReader(),
        new QuietSwitchReader());
  }
}
