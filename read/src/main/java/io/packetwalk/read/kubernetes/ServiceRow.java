package io.packetwalk.read.kubernetes;

import io.packetwalk.model.cluster.Service;
import io.packetwalk.read.command.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A row of a table of Services. */
final class ServiceRow {
  private ServiceRow() {}

  static void read(ObjectRow row, ClusterRows rows) {
    Optional<String> shown = row.raw("PORT(S)");
    boolean addressed =
        row.raw("CLUSTER-IP").isPresent()
            && (row.raw("CLUSTER-IP").get().equals("None")
                || row.raw("CLUSTER-IP").get().startsWith("<")
                || !row.addresses("CLUSTER-IP").isEmpty());
    if (!addressed) {
      rows.skip(row.line(), "not a row of a table of Services");
      return;
    }
    List<Service.Port> ports = ports(shown.orElse(""));
    if (ports.isEmpty() && shown.filter(text -> !text.startsWith("<")).isPresent()) {
      rows.damage(ResourceKind.SERVICE, row.line(), "no ports in the column PORT(S)");
      return;
    }
    boolean nodePorts = ports.stream().anyMatch(port -> port.nodePort().isPresent());
    rows.add(
        new Service(
            row.name(),
            row.cell("TYPE").orElse(nodePorts ? "NodePort" : "ClusterIP"),
            row.addresses("CLUSTER-IP"),
            row.addresses("EXTERNAL-IP"),
            row.cell("TYPE")
                .filter("ExternalName"::equals)
                .flatMap(type -> row.cell("EXTERNAL-IP")),
            ports,
            row.cell("SELECTOR").map(ObjectRow::labels).orElse(Map.of()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            row.source()));
  }

  /** {@code 80/TCP,443:31443/TCP}. */
  static List<Service.Port> ports(String text) {
    List<Service.Port> ports = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      int slash = each.indexOf('/');
      int colon = each.indexOf(':');
      String protocol = slash < 0 ? "TCP" : each.substring(slash + 1);
      String numbers = slash < 0 ? each : each.substring(0, slash);
      OptionalInt number = Tokens.number(colon < 0 ? numbers : each.substring(0, colon));
      OptionalInt nodePort =
          colon < 0 || colon > numbers.length()
              ? OptionalInt.empty()
              : Tokens.number(numbers.substring(colon + 1));
      if (number.isPresent() && number.getAsInt() <= 65535) {
        ports.add(
            new Service.Port(
                Optional.empty(), number.getAsInt(), protocol, Optional.empty(), nodePort));
      }
    }
    return ports;
  }
}
