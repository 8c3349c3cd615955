package io.packetwalk.read.kubernetes;

import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.Endpoints;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.read.command.Tokens;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An endpoint slice as {@code kubectl describe} shows it.
 *
 * <pre>
 * Labels:       kubernetes.io/service-name=web
 * Ports:
 *   Name     Port  Protocol
 *   http     8080  TCP
 * Endpoints:
 *   - Addresses:  10.0.1.5
 *     Conditions:
 *       Ready:    true
 *     NodeName:   node-1
 * </pre>
 */
final class DescribedSlice {
  private static final String SERVICE = "kubernetes.io/service-name";
  private static final String HOST = "kubernetes.io/hostname=";
  private static final Port ANY = new Port(Optional.empty(), OptionalInt.empty(), Optional.empty());

  private final List<Port> ports;
  private final List<Endpoints.Endpoint> endpoints = new ArrayList<>();
  private List<IpAddress> addresses = List.of();
  private Optional<Boolean> ready = Optional.empty();
  private Optional<String> node = Optional.empty();

  private DescribedSlice(List<Port> ports) {
    this.ports = ports;
  }

  /** A row of the slice's ports; a slice without any is for all ports. */
  private record Port(Optional<String> name, OptionalInt number, Optional<String> protocol) {}

  static Endpoints of(ObjectName name, Description description, Source source) {
    DescribedSlice slice = new DescribedSlice(ports(description));
    description.under("Endpoints").forEach(slice::field);
    slice.close();
    ObjectName service =
        Optional.ofNullable(description.pairs("Labels").get(SERVICE))
            .map(label -> new ObjectName(name.namespace(), label))
            .orElse(name);
    return new Endpoints(name, service, slice.endpoints, false, source);
  }

  private static List<Port> ports(Description description) {
    List<Port> ports = new ArrayList<>();
    for (Description.Field field : description.under("Ports")) {
      List<String> words = Tokens.split(field.value());
      if (words.size() >= 3 && Tokens.number(words.get(1)).isPresent()) {
        Optional<String> named =
            Optional.of(words.getFirst()).filter(shown -> !shown.startsWith("<"));
        ports.add(new Port(named, Tokens.number(words.get(1)), Optional.of(words.get(2))));
      }
    }
    return ports;
  }

  private void field(Description.Field field) {
    switch (field.key()) {
      case "- Addresses" -> {
        close();
        addresses = ObjectMapping.addresses(List.of(field.value().split("[,\\s]+", -1)));
      }
      case "Ready" -> ready = Optional.of(field.value()).map("true"::equals);
      case "NodeName" -> node = Optional.of(field.value()).filter(name -> !name.startsWith("<"));
      case "Topology" -> {
        if (field.value().startsWith(HOST)) {
          node = Optional.of(field.value().substring(HOST.length()));
        }
      }
      default -> {
        // Tells nothing that the model has.
      }
    }
  }

  /** The endpoint that was described last is all that belongs to it. */
  private void close() {
    for (IpAddress address : addresses) {
      for (Port port : ports.isEmpty() ? List.of(ANY) : ports) {
        endpoints.add(
            new Endpoints.Endpoint(
                address, port.number(), port.name(), port.protocol(), ready, node));
      }
    }
    addresses = List.of();
    ready = Optional.empty();
    node = Optional.empty();
  }
}
