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

  /**
   * The class of Open Virtual Networking: ingress and egress port of a logical switch (critical
   * type 0, 4 bytes; ovn-architecture(7), Tunnel Encapsulations).
   */
  public static final int OVN = 0x0102;

  private static final int CRITICAL = 0x80;

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
              (type & CRITICAL) != 0,
              type & 0x7f,
              options.slice(at + 4, length)));
      at += 4 + length;
    }
    return list;
  }

  /** The options as a header has them, one behind the other; values are whole words. */
  public static Bytes bytes(List<GeneveOption> options) {
    int length = options.stream().mapToInt(option -> 4 + option.value.length()).sum();
    byte[] bytes = new byte[length];
    int at = 0;
    for (GeneveOption option : options) {
      bytes[at] = (byte) (option.optionClass >>> 8);
      bytes[at + 1] = (byte) option.optionClass;
      bytes[at + 2] = (byte) option.typeByte();
      bytes[at + 3] = (byte) (option.value.length() / 4);
      for (int index = 0; index < option.value.length(); index++) {
        bytes[at + 4 + index] = (byte) option.value.at(index);
      }
      at += 4 + option.value.length();
    }
    return Bytes.of(bytes);
  }

  /** The type with the critical bit, as Open vSwitch counts types. */
  public int typeByte() {
    return type | (critical ? CRITICAL : 0);
  }

  @Override
  public String toString() {
    boolean ports = optionClass == OVN && critical && type == 0 && value.length() == 4;
    if (ports) {
      int ingress = (value.at(0) << 8 | value.at(1)) & 0x7fff;
      return "OVN from logical port %d to %d".formatted(ingress, value.at(2) << 8 | value.at(3));
    }
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
