package io.packetwalk.model.net;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A WireGuard device's keys and peers, as {@code wg show} tells them.
 *
 * @param port the UDP port that it listens on
 * @param mark what its own packets are marked with
 */
public record WireguardTunnel(
    String device,
    Optional<String> publicKey,
    OptionalInt port,
    int mark,
    List<Peer> peers,
    Source source) {
  public WireguardTunnel {
    peers = List.copyOf(peers);
  }

  /**
   * Another machine of the tunnel.
   *
   * @param endpoint where it was last heard from, or is to be found
   * @param allowed the addresses that it may send from, and that lead to it
   * @param heard whether a handshake with it is known to have succeeded
   */
  public record Peer(
      String publicKey,
      Optional<IpAddress> endpoint,
      OptionalInt endpointPort,
      List<IpPrefix> allowed,
      boolean heard,
      Source source) {
    public Peer {
      allowed = List.copyOf(allowed);
    }

    private Optional<IpPrefix> covering(IpAddress address) {
      return allowed.stream()
          .filter(prefix -> prefix.contains(address))
          .max(Comparator.comparingInt(IpPrefix::length));
    }
  }

  /** The peer with the longest allowed prefix for an address (wg_allowedips_lookup_dst). */
  public Optional<Peer> peerFor(IpAddress address) {
    return peers.stream()
        .filter(peer -> peer.covering(address).isPresent())
        .max(Comparator.comparingInt(peer -> peer.covering(address).orElseThrow().length()));
  }
}
