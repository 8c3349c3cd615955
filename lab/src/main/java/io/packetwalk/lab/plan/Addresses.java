package io.packetwalk.lab.plan;

import java.util.List;

/** Addresses of both families for one thing. */
public record Addresses(String ipv4, String ipv6) {
  /** Its address in a family. */
  public String of(boolean six) {
    return six ? ipv6 : ipv4;
  }

  /** The addresses of the families that are in use. */
  public List<String> all(boolean dualStack) {
    return dualStack ? List.of(ipv4, ipv6) : List.of(ipv4);
  }
}
