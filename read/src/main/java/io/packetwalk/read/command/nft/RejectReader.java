package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.model.netfilter.TableFamily;

/** Reads {@code reject} with its kinds, which get the names that iptables has for them. */
final class RejectReader {
  private RejectReader() {}

  static Statement read(Cursor cursor, TableFamily family) {
    cursor.next();
    if (!cursor.take("with")) {
      return new Statement.Reject(
          switch (family) {
            case IP -> "icmp-port-unreachable";
            case IP6 -> "icmp6-port-unreachable";
            case INET, ARP, BRIDGE, NETDEV -> "icmpx-port-unreachable";
          });
    }
    String kind = cursor.next().text();
    if (kind.equals("tcp")) {
      cursor.expect("reset");
      return new Statement.Reject("tcp-reset");
    }
    cursor.take("type");
    String code = cursor.next().text();
    return new Statement.Reject(
        switch (kind) {
          case "icmp" -> "icmp-" + version4(code);
          case "icmpv6" -> "icmp6-" + version6(code);
          case "icmpx" -> "icmpx-" + either(code);
          default -> failed(cursor);
        });
  }

  private static String failed(Cursor cursor) {
    cursor.fail();
    return "";
  }

  private static String version4(String code) {
    return switch (code) {
      case "0" -> "net-unreachable";
      case "1" -> "host-unreachable";
      case "2", "prot-unreachable" -> "proto-unreachable";
      case "3" -> "port-unreachable";
      case "9" -> "net-prohibited";
      case "10" -> "host-prohibited";
      case "13" -> "admin-prohibited";
      default -> code;
    };
  }

  private static String version6(String code) {
    return switch (code) {
      case "0" -> "no-route";
      case "1", "admin-prohibited" -> "adm-prohibited";
      case "3" -> "addr-unreachable";
      case "4" -> "port-unreachable";
      case "5" -> "policy-fail";
      case "6" -> "reject-route";
      default -> code;
    };
  }

  private static String either(String code) {
    return switch (code) {
      case "0" -> "no-route";
      case "1" -> "port-unreachable";
      case "2" -> "host-unreachable";
      case "3" -> "admin-prohibited";
      default -> code;
    };
  }
}
