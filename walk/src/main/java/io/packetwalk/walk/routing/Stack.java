package io.packetwalk.walk.routing;

import io.packetwalk.model.Listing;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.model.net.RoutingRule;
import io.packetwalk.model.net.Sysctl;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A namespace's IP stack, prepared for look-ups. */
public final class Stack {
  private final NetworkNamespace namespace;
  private final Map<IpAddress, LocalAddress> addresses;
  private final Map<RouteTables.Key, Fib> fibs = new LinkedHashMap<>();
  private final boolean withVrfs;

  /**
   * @param fromObjects addresses that Kubernetes or Calico says this namespace has
   */
  public Stack(NetworkNamespace namespace, List<LocalAddress> fromObjects) {
    this.namespace = namespace;
    this.withVrfs = namespace.links().devices().stream().anyMatch(Vrfs::isVrf);
    List<LocalAddress> all = new ArrayList<>(LocalAddresses.shownBy(namespace));
    all.addAll(fromObjects);
    this.addresses = new LinkedHashMap<>();
    all.forEach(address -> addresses.putIfAbsent(address.address(), address));
  }

  public NetworkNamespace namespace() {
    return namespace;
  }

  public NamespaceId id() {
    return namespace.id();
  }

  public Optional<Device> device(String name) {
    return namespace.links().device(name);
  }

  /** Whether any of its devices is a VRF's. */
  boolean isWithVrfs() {
    return withVrfs;
  }

  public Fib fib(IpFamily family, String table) {
    return fibs.computeIfAbsent(
        new RouteTables.Key(family, table),
        key -> new Fib(namespace.routing().tables().table(family, table)));
  }

  public Listing<RoutingRule> listedRules(IpFamily family) {
    return namespace.routing().rules(family);
  }

  /** Every address that the state shows to be this namespace's, each with its best evidence. */
  public List<LocalAddress> addresses() {
    return List.copyOf(addresses.values());
  }

  /** The address as one of this namespace's own. */
  public Optional<LocalAddress> own(IpAddress address) {
    return Optional.ofNullable(addresses.get(address));
  }

  /**
   * Whether a device has the address, rather than a local route alone (ipv6_chk_addr); without the
   * list of addresses a local route counts.
   */
  public boolean isAssigned(IpAddress address) {
    return own(address)
        .filter(known ->
            known.origin() == LocalAddress.Origin.LISTED
                || !namespace.links().addresses().isComplete())
        .isPresent();
  }

  /**
   * Whether an address is local: one of this namespace's own, or covered by a local route
   * (inet_addr_type).
   */
  public boolean isLocal(IpAddress address) {
    return own(address).isPresent()
        || fib(address.family(), RouteTables.LOCAL).covering(address).stream()
            .findFirst()
            .filter(route -> route.type() == RouteType.LOCAL)
            .isPresent();
  }

  /** Whether everything that makes an address local was listed. */
  public boolean areAddressesKnown(IpFamily family) {
    return namespace.links().addresses().isComplete()
        || namespace.routing().tables().table(family, RouteTables.LOCAL).isComplete();
  }

  public Optional<Sysctl> setting(String key) {
    return namespace.setting(key);
  }

  /** A numeric setting; empty when it isn't shown. */
  public Optional<Integer> number(String key) {
    return setting(key).flatMap(setting -> parse(setting.value()));
  }

  private static Optional<Integer> parse(String value) {
    String digits = value.strip();
    boolean numeric =
        !digits.isEmpty()
            && digits.length() <= 9
            && digits.chars().allMatch(character -> character >= '0' && character <= '9');
    return numeric ? Optional.of(Integer.valueOf(digits)) : Optional.empty();
  }
}
