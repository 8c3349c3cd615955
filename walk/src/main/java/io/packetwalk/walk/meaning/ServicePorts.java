package io.packetwalk.walk.meaning;

import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.cluster.Service;
import io.packetwalk.wire.IpAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Services' ports as kube-proxy names them: in comments, and hashed in the names of chains. */
final class ServicePorts {
  private static final Pattern IN_COMMENT =
      Pattern.compile(
          "(?:^|\\s)([a-z0-9][a-z0-9.-]*)/([a-z0-9][a-z0-9.-]*)(?::([a-z0-9-]*))?(?=\\s|$)");
  private static final int HASH_LENGTH = 16;

  private final Cluster cluster;
  private final Map<String, ServicePort> byHash = new LinkedHashMap<>();

  ServicePorts(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * A port of a Service.
   *
   * @param port its name; empty when the Service's only port has none
   */
  record ServicePort(ObjectName service, String port) {
    @Override
    public String toString() {
      return port.isEmpty() ? service.toString() : service + ":" + port;
    }
  }

  static Optional<ServicePort> inComment(String comment) {
    Matcher matcher = IN_COMMENT.matcher(comment);
    return matcher.find()
        ? Optional.of(
            new ServicePort(
                new ObjectName(matcher.group(1), matcher.group(2)),
                Optional.ofNullable(matcher.group(3)).orElse("")))
        : Optional.empty();
  }

  /** The port whose chain's name ends with this hash of its name and protocol. */
  Optional<ServicePort> ofHash(String hash) {
    if (byHash.isEmpty()) {
      cluster.services().stream().forEach(this::enter);
    }
    return Optional.ofNullable(byHash.get(hash));
  }

  private void enter(Service service) {
    for (Service.Port port : service.ports()) {
      ServicePort named = new ServicePort(service.name(), port.name().orElse(""));
      String protocol = port.protocol().toLowerCase(Locale.ROOT);
      byHash.putIfAbsent(Digest.base32(named + protocol, HASH_LENGTH), named);
      if (named.port().isEmpty()) {
        byHash.putIfAbsent(Digest.base32(named + ":" + protocol, HASH_LENGTH), named);
      }
    }
  }

  /** The lines that show the Service, and its endpoints as far as they tell of this address. */
  List<Source> evidence(ServicePort port, Optional<IpAddress> endpoint) {
    Stream<Source> service =
        cluster.services().stream()
            .filter(one -> one.name().equals(port.service()))
            .map(Service::source)
            .limit(1);
    Stream<Source> endpoints =
        cluster.endpoints().stream()
            .filter(one -> one.service().equals(port.service()))
            .filter(one ->
                endpoint.isEmpty()
                    || one.endpoints().stream()
                        .anyMatch(listed -> listed.address().equals(endpoint.get())))
            .map(one -> one.source())
            .limit(1);
    return Stream.concat(service, endpoints).toList();
  }
}
