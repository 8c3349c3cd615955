package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * A Geneve option (RFC 8926, 3.5).
 *
 * @param optionClass the namespace of the type, from IANA's registry
 * @param critical whether who doesn't know the option must drop the packet
 * @param type within the class, without the critical bit
 */
public record GeneveOption(int optionClass, boolean critical, int type, Bytes value) {
  /**
   * The class of VMware, in which Antrea's Traceflow carries its tag (critical type 0, 4 bytes).
   */
  public static final int VMWARE = 0x0104;

  /** The class of Open Virtual Networking: ingress and egress port of a logical switch. */
  public static final int OVN = 0x0102;

  /** The options of a header, up to the first that isn't well-formed. */
  public static List<GeneveOption> of(Bytes options) {
    List<GeneveOption> list = new ArrayList<>();
    int at = 0;
    while (at + 4 <= options.length()) {
      int length = (options.at(at + 3) & 0x1f) * 4;
      if (at + 4 + length > options.length()) {
        break;
      }
      int type = options.at(at + 2);
      list.add(
          new GeneveOption(
              options.at(at) << 8 | options.at(at + 1),
              (type & 0x80) != 0,
              type & 0x7f,
              options.slice(at + 4, length)));
      at += 4 + length;
    }
    return list;
  }

  @Override
  public String toString() {
    if (optionClass == VMWARE && critical && type == 0 && value.length() == 4) {
      return "Antrea Traceflow tag " + (value.at(0) >>> 4);
    }
    String name =
        switch (optionClass) {
          case VMWARE -> "VMware";
          case OVN -> "OVN";
          default -> "class 0x%04x".formatted(optionClass);
        };
    String must = critical ? " critical" : "";
    String content = value.length() == 0 ? "" : " " + value.toHex();
    return name + " type " + type + must + content;
  }
}
