package io.packetwalk.gather.tap;

import io.packetwalk.gather.Reach;
import java.nio.file.Path;

/**
 * A device at which frames are captured.
 *
 * @param namespace {@code host} for the node's own, otherwise its name there
 * @param reach leads into the namespace
 */
public record TapPoint(String node, String namespace, String device, Reach reach) {
  /** Where its capture lies inside of a folder: {@code NODE/NAMESPACE/DEVICE.pcap}. */
  public Path file() {
    return Path.of(safe(node), safe(namespace), safe(device) + ".pcap");
  }

  /** No name of a device or namespace leads out of the folder. */
  private static String safe(String name) {
    String plain = name.replace('/', '_').replace('\0', '_');
    return plain.startsWith(".") ? "_" + plain : plain;
  }

  /** As it is shown: {@code NODE:NAMESPACE DEVICE}. */
  public String label() {
    return node + ":" + namespace + " " + device;
  }
}
