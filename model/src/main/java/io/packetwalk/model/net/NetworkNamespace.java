package io.packetwalk.model.net;

import io.packetwalk.model.Listing;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Netfilter;
import io.packetwalk.model.openflow.OpenVswitch;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A network stack of its own: a node's, or a container's, as far as the state shows it.
 *
 * @param settings kernel settings by key, see {@link Sysctl#key}
 * @param sockets those that wait for packets
 * @param openVswitch the bridges of Open vSwitch, whose tables are flows
 */
public record NetworkNamespace(
    NamespaceId id,
    Links links,
    Routing routing,
    Map<String, Sysctl> settings,
    Netfilter netfilter,
    Listing<Socket> sockets,
    OpenVswitch openVswitch) {
  public NetworkNamespace {
    settings = java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  public static NetworkNamespace unknown(NamespaceId id) {
    return new NetworkNamespace(
        id,
        Links.unknown(),
        Routing.unknown(),
        Map.of(),
        Netfilter.unknown(),
        Listing.unknown(),
        OpenVswitch.unknown());
  }

  public Optional<Sysctl> setting(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  /** The evidence that a command was run here at all. */
  public Optional<Source> firstSeen() {
    return links.devices().seenAt().stream().findFirst();
  }
}
