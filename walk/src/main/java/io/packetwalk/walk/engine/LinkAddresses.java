package io.packetwalk.walk.engine;

import io.packetwalk.model.net.Device;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.SwitchAttachments;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.MacAddress;

/**
 * The link-layer addresses of devices, as their stacks or the switches at their other ends show.
 */
final class LinkAddresses {
  private final World world;

  LinkAddresses(World world) {
    this.world = world;
  }

  /** The device's own link-layer address; all zero when it isn't in the state. */
  MacAddress of(Stack stack, String device) {
    return stack
        .device(device)
        .flatMap(Device::mac)
        .or(() -> world.attachments().of(stack.id()).flatMap(SwitchAttachments.Attachment::mac))
        .orElse(MacAddress.ZERO);
  }
}
