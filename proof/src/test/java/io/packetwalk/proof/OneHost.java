package io.packetwalk.proof;

/** A machine with one card, as its terminal shows it. */
final class OneHost {
  static final String TABLES =
      """
      root@w1:~# ip -d addr
      1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN
          link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
          inet 127.0.0.1/8 scope host lo
      2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP
          link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
          inet 192.0.2.1/24 scope global eth0
      root@w1:~# ip route
      192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.1
      """;

  private OneHost() {}
}
