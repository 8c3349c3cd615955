package io.packetwalk.read.kubernetes;

import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.Endpoints;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.cluster.NetworkPolicy;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.cluster.Service;
import io.packetwalk.read.command.Tokens;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Descriptions to the model's values, by kind. */
final class DescribedObjects {
  private DescribedObjects() {}

  static void add(ResourceKind kind, Description description, ObjectScope scope, ClusterRows rows) {
    Optional<String> shown = description.top("Name");
    if (shown.isEmpty()) {
      rows.skip(description.line(), "a description without a name");
      return;
    }
    String namespace = scope.namespaceOr(description.top("Namespace").orElse(""));
    ObjectName name = new ObjectName(namespace, shown.get());
    Source source = description.line().source();
    switch (kind) {
      case POD -> rows.add(pod(name, description, source));
      case SERVICE -> service(name, description, source, rows);
      case ENDPOINTS -> rows.addEndpoints(endpoints(name, description, source));
      case ENDPOINT_SLICE -> rows.addEndpoints(DescribedSlice.of(name, description, source));
      case NODE -> rows.add(node(shown.get(), description, source));
      case NETWORK_POLICY -> rows.add(policy(name, description, source));
      case IP_POOL, WORKLOAD_ENDPOINT, BGP_PEER ->
          rows.skip(description.line(), "a description of a kind that isn't read");
    }
  }

  private static Pod pod(ObjectName name, Description description, Source source) {
    List<String> several =
        description.under("IPs").stream()
            .filter(field -> field.key().equals("IP"))
            .map(Description.Field::value)
            .toList();
    List<String> one = description.top("IP").stream().toList();
    return new Pod(
        name,
        ObjectMapping.addresses(several.isEmpty() ? one : several),
        description.top("Node").map(DescribedObjects::beforeSlash),
        description.top("Status").map(status -> Tokens.split(status).getFirst()),
        condition(description, "Ready"),
        Optional.empty(),
        description.pairs("Labels"),
        List.of(),
        false,
        source);
  }

  private static String beforeSlash(String text) {
    int slash = text.indexOf('/');
    return slash < 0 ? text : text.substring(0, slash);
  }

  /** A row {@code Ready True} of the conditions. */
  private static Optional<Boolean> condition(Description description, String type) {
    return description.under("Conditions").stream()
        .map(field -> Tokens.split(field.value()))
        .filter(words -> words.size() > 1 && words.getFirst().equals(type))
        .map(words -> words.get(1).equals("True"))
        .findFirst();
  }

  private static void service(
      ObjectName name, Description description, Source source, ClusterRows rows) {
    List<String> addresses = new ArrayList<>();
    description
        .top("IPs")
        .or(() -> description.top("IP"))
        .map(List::of)
        .orElse(List.of())
        .forEach(text -> addresses.addAll(List.of(text.split("[,\\s]+", -1))));
    List<String> external = new ArrayList<>();
    for (String key : List.of("External IPs", "LoadBalancer Ingress")) {
      description.top(key).ifPresent(text -> external.addAll(List.of(text.split("[,\\s]+", -1))));
    }
    rows.add(
        new Service(
            name,
            description.top("Type").orElse("ClusterIP"),
            ObjectMapping.addresses(addresses),
            ObjectMapping.addresses(external),
            description.top("External Name"),
            ports(description),
            ObjectRow.labels(description.top("Selector").orElse("")),
            description.top("External Traffic Policy"),
            description.top("Internal Traffic Policy"),
            description.top("Session Affinity"),
            false,
            source));
    serviceEndpoints(name, description, rows);
  }

  private static void serviceEndpoints(ObjectName name, Description description, ClusterRows rows) {
    List<Endpoints.Endpoint> endpoints = new ArrayList<>();
    boolean truncated = false;
    Optional<Source> source = Optional.empty();
    for (Description.Field field : description.fields()) {
      if (field.key().equals("Endpoints")) {
        EndpointText text = EndpointText.of(field.value());
        endpoints.addAll(text.endpoints());
        truncated |= text.truncated();
        source = Optional.of(field.line().source());
      }
    }
    boolean more = truncated;
    source.ifPresent(line -> rows.addEndpoints(new Endpoints(name, name, endpoints, more, line)));
  }

  /** {@code Port: http 80/TCP}, followed by its {@code TargetPort} and {@code NodePort}. */
  private static List<Service.Port> ports(Description description) {
    List<Service.Port> ports = new ArrayList<>();
    for (Description.Field field : description.fields()) {
      List<String> words = Tokens.split(field.value());
      if (words.isEmpty() || field.depth() > 0) {
        continue;
      }
      String last = words.getLast();
      switch (field.key()) {
        case "Port" -> port(words, last).ifPresent(ports::add);
        case "TargetPort" -> replaceLast(ports, Optional.of(beforeSlash(last)), last);
        case "NodePort" -> replaceLast(ports, Optional.empty(), last);
        default -> {
          // Not about ports.
        }
      }
    }
    return ports;
  }

  private static Optional<Service.Port> port(List<String> words, String last) {
    boolean named = words.size() > 1 && !words.getFirst().startsWith("<");
    return ServiceRow.ports(last).stream()
        .findFirst()
        .map(port ->
            new Service.Port(
                named ? Optional.of(words.getFirst()) : Optional.empty(),
                port.number(),
                port.protocol(),
                Optional.empty(),
                OptionalInt.empty()));
  }

  private static void replaceLast(List<Service.Port> ports, Optional<String> target, String text) {
    if (ports.isEmpty()) {
      return;
    }
    Service.Port port = ports.removeLast();
    ports.add(
        new Service.Port(
            port.name(),
            port.number(),
            port.protocol(),
            target.or(port::target),
            target.isPresent() ? port.nodePort() : Tokens.number(beforeSlash(text))));
  }

  private static Endpoints endpoints(ObjectName name, Description description, Source source) {
    List<OptionalInt> ports =
        description.under("Subsets").stream()
            .map(field -> Tokens.split(field.value()))
            .filter(words -> words.size() >= 3 && Tokens.number(words.get(1)).isPresent())
            .map(words -> Tokens.number(words.get(1)))
            .toList();
    List<Endpoints.Endpoint> endpoints = new ArrayList<>();
    description.all("Addresses").forEach(text -> addresses(text, true, ports, endpoints));
    description.all("NotReadyAddresses").forEach(text -> addresses(text, false, ports, endpoints));
    return new Endpoints(name, name, endpoints, false, source);
  }

  private static void addresses(
      String text, boolean ready, List<OptionalInt> ports, List<Endpoints.Endpoint> endpoints) {
    for (IpAddress address : ObjectMapping.addresses(List.of(text.split(",", -1)))) {
      for (OptionalInt port : ports.isEmpty() ? List.of(OptionalInt.empty()) : ports) {
        endpoints.add(
            new Endpoints.Endpoint(
                address,
                port,
                Optional.empty(),
                Optional.empty(),
                Optional.of(ready),
                Optional.empty()));
      }
    }
  }

  private static KubernetesNode node(String name, Description description, Source source) {
    List<String> blocks = new ArrayList<>(description.all("PodCIDRs"));
    if (blocks.isEmpty()) {
      blocks.addAll(description.all("PodCIDR"));
    }
    return new KubernetesNode(
        name,
        ObjectMapping.addresses(description.all("InternalIP")),
        ObjectMapping.addresses(description.all("ExternalIP")),
        blocks.stream()
            .flatMap(text -> List.of(text.split(",", -1)).stream())
            .flatMap(text -> IpPrefix.parse(text).stream())
            .toList(),
        condition(description, "Ready").map(ready -> ready ? "Ready" : "NotReady"),
        description.pairs("Annotations"),
        source);
  }

  private static NetworkPolicy policy(ObjectName name, Description description, Source source) {
    Optional<Description.Field> selector =
        description.fields().stream()
            .filter(field -> field.key().equals("PodSelector"))
            .findFirst();
    Set<String> types = new TreeSet<>();
    description.all("Policy Types").forEach(text -> types.addAll(List.of(text.split(", ?", -1))));
    Optional<Map<String, String>> labels =
        selector
            .filter(field -> field.value().indexOf(' ') < 0 || field.value().startsWith("<"))
            .map(field -> ObjectRow.labels(field.value()));
    return new NetworkPolicy(name, labels, types, Optional.empty(), false, source);
  }
}
