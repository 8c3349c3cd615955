package io.packetwalk.proof.openflow;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Packets made of the addresses and ports that flows name: a sender as the flows let it in, to
 * another pod, a Service, the gateway or outside, and questions for addresses.
 */
final class PastedFrames {
  private static final Pattern ADDRESS = Pattern.compile("\\b(\\d+\\.\\d+\\.\\d+\\.\\d+)(/\\d+)?");
  private static final Pattern MAC = Pattern.compile("\\b((?:[0-9a-f]{2}:){5}[0-9a-f]{2})\\b");
  private static final Pattern SERVED = Pattern.compile("(?:tp|tcp|udp)_dst=(\\d+)");

  private final RandomGenerator random;
  private final List<String> flows;
  private final List<IpAddress> addresses;
  private final List<MacAddress> macs;
  private final List<Integer> served;

  PastedFrames(RandomGenerator random, String flows) {
    this.random = random;
    this.flows = flows.lines().toList();
    this.addresses = new ArrayList<>(addresses(flows));
    this.macs = new ArrayList<>(macs(flows));
    addresses.add(IpAddress.of("192.0.2.7"));
    macs.add(MacAddress.of("02:00:00:00:00:07"));
    Set<Integer> ports = new LinkedHashSet<>(List.of(80));
    Matcher matcher = SERVED.matcher(flows);
    while (matcher.find()) {
      ports.add(Integer.parseInt(matcher.group(1)) & 0xffff);
    }
    this.served = List.copyOf(ports);
  }

  /** The addresses, and in each prefix one more. */
  private static Set<IpAddress> addresses(String text) {
    Set<IpAddress> found = new LinkedHashSet<>();
    Matcher matcher = ADDRESS.matcher(text);
    while (matcher.find()) {
      IpAddress.parse(matcher.group(1))
          .ifPresent(address -> {
            found.add(address);
            found.add(IpAddress.ofIpv4((int) address.low() | 9));
          });
    }
    return found;
  }

  private static Set<MacAddress> macs(String text) {
    Set<MacAddress> found = new LinkedHashSet<>();
    Matcher matcher = MAC.matcher(text);
    while (matcher.find()) {
      found.add(MacAddress.of(matcher.group(1)));
    }
    return found;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** A packet that comes in by a port. */
  Packet from(String port) {
    String own =
        flows.stream()
            .filter(line ->
                line.contains("in_port=\"" + port + "\"") || line.contains("in_port=" + port))
            .map(line -> line.substring(0, line.indexOf("actions=")))
            .reduce("", (left, right) -> left + "\n" + right);
    List<IpAddress> sources = List.copyOf(addresses(own));
    List<MacAddress> senders = List.copyOf(macs(own));
    boolean forged = random.nextInt(6) == 0;
    IpAddress source = sources.isEmpty() || forged ? pick(addresses) : sources.getFirst();
    MacAddress sender = senders.isEmpty() || forged ? pick(macs) : pick(senders);
    MacAddress receiver = pick(macs);
    IpAddress destination = pick(addresses);
    if (random.nextInt(4) == 0) {
      return new Packet(
          List.of(
              new Ethernet(MacAddress.BROADCAST, sender, EtherType.ARP),
              new Arp(1 + random.nextInt(2), sender, source, MacAddress.ZERO, destination)));
    }
    return new Packet(
        datagram(new Ethernet(receiver, sender, EtherType.IPV4), source, destination));
  }

  private List<Layer> datagram(Ethernet link, IpAddress source, IpAddress destination) {
    int port = pick(served);
    return switch (random.nextInt(4)) {
      case 0 ->
          List.of(link, Ipv4.of(source, destination, 1, 64), Icmp.of(8, 0, 7), Payload.zeros(24));
      case 1 ->
          List.of(
              link, Ipv4.of(source, destination, 17, 64), Udp.of(40000, port), Payload.zeros(24));
      default -> List.of(link, Ipv4.of(source, destination, 6, 64), Tcp.of(40000, port, Tcp.SYN));
    };
  }
}
