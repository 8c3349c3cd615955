package io.packetwalk.read.kubernetes;

import io.packetwalk.model.cluster.Endpoints;
import io.packetwalk.model.cluster.Endpoints.Endpoint;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.read.tree.Tree;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Endpoints and EndpointSlice objects: every address with every port. */
final class EndpointsObject {
  private static final String SERVICE_LABEL = "kubernetes.io/service-name";
  private static final String TRUNCATED = "endpoints.kubernetes.io/over-capacity";

  private EndpointsObject() {}

  static Endpoints endpoints(ObjectTree object) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (Tree subset : object.tree().elements("subsets")) {
      List<Tree> ports = subset.elements("ports");
      subset.elements("addresses").forEach(each -> address(each, true, ports, endpoints));
      subset.elements("notReadyAddresses").forEach(each -> address(each, false, ports, endpoints));
    }
    boolean truncated =
        object
            .tree()
            .text("metadata", "annotations", TRUNCATED)
            .filter("truncated"::equals)
            .isPresent();
    return new Endpoints(
        object.objectName(), object.objectName(), endpoints, truncated, object.source());
  }

  private static void address(
      Tree address, boolean ready, List<Tree> ports, List<Endpoint> endpoints) {
    add(
        ObjectMapping.addresses(address.text("ip").stream().toList()),
        Optional.of(ready),
        address.text("nodeName"),
        ports,
        endpoints);
  }

  static Endpoints slice(ObjectTree object) {
    Tree tree = object.tree();
    List<Endpoint> endpoints = new ArrayList<>();
    for (Tree endpoint : tree.elements("endpoints")) {
      add(
          ObjectMapping.addresses(endpoint.texts("addresses")),
          Optional.of(endpoint.truth("conditions", "ready").orElse(true)),
          endpoint.text("nodeName"),
          tree.elements("ports"),
          endpoints);
    }
    ObjectName service =
        tree.text("metadata", "labels", SERVICE_LABEL)
            .map(name -> new ObjectName(object.namespace(), name))
            .orElseGet(() -> EndpointText.serviceOf(object.objectName()));
    return new Endpoints(object.objectName(), service, endpoints, false, object.source());
  }

  private static void add(
      List<IpAddress> addresses,
      Optional<Boolean> ready,
      Optional<String> node,
      List<Tree> ports,
      List<Endpoint> endpoints) {
    for (IpAddress address : addresses) {
      if (ports.isEmpty()) {
        endpoints.add(
            new Endpoint(
                address, OptionalInt.empty(), Optional.empty(), Optional.empty(), ready, node));
      }
      for (Tree port : ports) {
        endpoints.add(
            new Endpoint(
                address,
                ObjectMapping.number(port, "port"),
                port.text("name"),
                Optional.of(port.text("protocol").orElse("TCP")),
                ready,
                node));
      }
    }
  }
}
