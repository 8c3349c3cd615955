package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.VirtualConnection.End;
import io.packetwalk.wire.IpAddress;
import java.util.Optional;

/** Addresses with ports as ipvsadm and the kernel's files write them. */
final class VirtualEnds {
  private VirtualEnds() {}

  /** {@code 10.0.0.1:80}, {@code [fd00::1]:80}; in the kernel's file {@code 0A000001:0050}. */
  static Optional<End> joined(String text, boolean file) {
    int colon = text.lastIndexOf(':');
    return colon < 0
        ? Optional.empty()
        : end(text.substring(0, colon), text.substring(colon + 1), file);
  }

  static Optional<End> end(String host, String port, boolean file) {
    Optional<Integer> number = file ? hexadecimal(port) : Numbers.port(port);
    return address(host, file).flatMap(address -> number.map(known -> new End(address, known)));
  }

  private static Optional<Integer> hexadecimal(String port) {
    return Numbers.parse("0x" + port).filter(number -> number <= 65535).map(Long::intValue);
  }

  private static Optional<IpAddress> address(String host, boolean file) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String plain = bracketed ? host.substring(1, host.length() - 1) : host;
    if (!file || plain.indexOf(':') >= 0) {
      return IpAddress.parse(plain);
    }
    return Numbers.parse("0x" + plain)
        .filter(bits -> plain.length() == 8)
        .map(bits -> IpAddress.ofIpv4(bits.intValue()));
  }
}
