package io.packetwalk.correlate;

import java.util.List;
import java.util.Set;

/**
 * Capture filters that look at nothing but what all packets of a flow share: addresses, ports and
 * protocols (pcap-filter(7)). One that let a packet through lets every other packet of the flow
 * through that looks the same outside.
 */
final class FlowFilter {
  private static final Set<String> WORDS =
      Set.of(
          "and",
          "or",
          "not",
          "ip",
          "ip6",
          "arp",
          "tcp",
          "udp",
          "icmp",
          "icmp6",
          "sctp",
          "host",
          "net",
          "port",
          "portrange",
          "src",
          "dst",
          "proto",
          "ether",
          "mask");

  private FlowFilter() {}

  static boolean is(String filter) {
    String spaced = filter.replaceAll("([()!]|&&|\\|\\|)", " $1 ").strip();
    return List.of(spaced.split("\\s+")).stream().allMatch(FlowFilter::isOfFlows);
  }

  private static boolean isOfFlows(String word) {
    boolean sign = word.matches("[()!]|&&|\\|\\|");
    boolean value = word.matches("[0-9][0-9a-fA-F.:/-]*|[0-9a-fA-F]*:[0-9a-fA-F:./]*");
    return sign || value || WORDS.contains(word);
  }
}
