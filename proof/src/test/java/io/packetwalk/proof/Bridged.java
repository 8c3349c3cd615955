package io.packetwalk.proof;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;

/** Which devices of a snapshot are bridges. */
final class Bridged {
  private Bridged() {}

  static boolean isBridge(Snapshot snapshot, String node, String device) {
    return snapshot
        .namespace(NamespaceId.host(node))
        .links()
        .device(device)
        .map(Device::kind)
        .filter(DeviceKind.Bridge.class::isInstance)
        .isPresent();
  }
}
