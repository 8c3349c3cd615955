package io.packetwalk.read.kubernetes;

import io.packetwalk.model.cluster.Service;
import io.packetwalk.read.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A Service object. */
final class ServiceObject {
  private ServiceObject() {}

  static Service service(ObjectTree object) {
    Tree spec = object.tree().at("spec");
    List<String> addresses = spec.texts("clusterIPs");
    List<String> external = new ArrayList<>(spec.texts("externalIPs"));
    for (Tree ingress : object.tree().elements("status", "loadBalancer", "ingress")) {
      ingress.text("ip").ifPresent(external::add);
    }
    return new Service(
        object.objectName(),
        spec.text("type").orElse("ClusterIP"),
        ObjectMapping.addresses(
            addresses.isEmpty() ? spec.text("clusterIP").stream().toList() : addresses),
        ObjectMapping.addresses(external),
        spec.text("externalName"),
        ports(spec),
        spec.labels("selector"),
        spec.text("externalTrafficPolicy"),
        spec.text("internalTrafficPolicy"),
        spec.text("sessionAffinity"),
        object.declared(),
        object.source());
  }

  private static List<Service.Port> ports(Tree spec) {
    List<Service.Port> ports = new ArrayList<>();
    for (Tree port : spec.elements("ports")) {
      OptionalInt number = ObjectMapping.number(port, "port");
      if (number.isPresent()) {
        ports.add(
            new Service.Port(
                port.text("name"),
                number.getAsInt(),
                port.text("protocol").orElse("TCP"),
                port.text("targetPort"),
                ObjectMapping.number(port, "nodePort")));
      }
    }
    return ports;
  }
}
