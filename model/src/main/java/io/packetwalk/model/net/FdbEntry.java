package io.packetwalk.model.net;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * An entry of a forwarding database: behind which port or tunnel endpoint a MAC address is.
 *
 * @param master the bridge whose database it is in, when the entry is a bridge's
 * @param self whether it is in the device's own database, as a tunnel's entries are
 * @param remote the tunnel endpoint ({@code dst})
 * @param flags further words: {@code permanent}, {@code static}, {@code extern_learn}, …
 */
public record FdbEntry(
    MacAddress mac,
    String device,
    Optional<String> master,
    boolean self,
    OptionalInt vlan,
    Optional<IpAddress> remote,
    OptionalInt vni,
    OptionalInt port,
    Optional<String> via,
    Set<String> flags,
    Source source) {
  /** What the flag begins with that names a next hop object instead of a tunnel's endpoint. */
  public static final String NEXT_HOP = "nhid ";

  public FdbEntry {
    flags = java.util.Collections.unmodifiableSet(new TreeSet<>(flags));
  }

  /** The number of the next hop object, or group of them, that the address is behind. */
  public Optional<String> nextHop() {
    return flags.stream()
        .filter(flag -> flag.startsWith(NEXT_HOP))
        .map(flag -> flag.substring(NEXT_HOP.length()))
        .findFirst();
  }
}
