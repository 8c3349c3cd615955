package io.packetwalk.walk.engine;

import io.packetwalk.wire.IpFamily;

/**
 * What a rule's REJECT sends, by the name that iptables and nft give it (ipt_REJECT, ip6t_REJECT,
 * nft_reject).
 */
final class RejectKinds {
  private RejectKinds() {}

  static Notice of(String with, IpFamily family) {
    if (with.contains("reset") || with.contains("tcp-rst")) {
      return new Notice.Reset();
    }
    return family == IpFamily.IPV4
        ? new Notice.IcmpError(3, code4(with), 0)
        : new Notice.IcmpError(1, code6(with), 0);
  }

  private static int code4(String with) {
    if (with.contains("net-prohibited")) {
      return 9;
    }
    if (with.contains("host-prohibited")) {
      return 10;
    }
    if (with.contains("admin-prohibited") || with.contains("adm-prohibited")) {
      return 13;
    }
    if (with.contains("net-unreach") || with.contains("no-route")) {
      return 0;
    }
    if (with.contains("host-unreach")) {
      return 1;
    }
    return with.contains("prot-unreach") || with.contains("proto-unreach") ? 2 : 3;
  }

  private static int code6(String with) {
    if (with.contains("no-route")) {
      return 0;
    }
    if (with.contains("prohibited")) {
      return 1;
    }
    if (with.contains("addr-unreach") || with.contains("host-unreach")) {
      return 3;
    }
    if (with.contains("policy-fail")) {
      return 5;
    }
    return with.contains("reject-route") ? 6 : 4;
  }
}
