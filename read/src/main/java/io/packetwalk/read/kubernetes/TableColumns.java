package io.packetwalk.read.kubernetes;

import io.packetwalk.read.command.ColumnTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The columns that commands print for a kind, and the kind that columns belong to. */
final class TableColumns {
  private TableColumns() {}

  /** The kind of a table with this heading, when the heading tells. */
  static Optional<ResourceKind> kindOf(ColumnTable table) {
    if (table.has("READY") && table.has("RESTARTS")) {
      return Optional.of(ResourceKind.POD);
    }
    if (table.has("CLUSTER-IP")) {
      return Optional.of(ResourceKind.SERVICE);
    }
    if (table.has("ADDRESSTYPE")) {
      return Optional.of(ResourceKind.ENDPOINT_SLICE);
    }
    if (table.has("ENDPOINTS")) {
      return Optional.of(ResourceKind.ENDPOINTS);
    }
    if (table.has("POD-SELECTOR")) {
      return Optional.of(ResourceKind.NETWORK_POLICY);
    }
    if (table.has("PEERIP")) {
      return Optional.of(ResourceKind.BGP_PEER);
    }
    if (table.has("WORKLOAD")) {
      return Optional.of(ResourceKind.WORKLOAD_ENDPOINT);
    }
    if (table.has("CIDR")) {
      return Optional.of(ResourceKind.IP_POOL);
    }
    boolean node = table.has("ROLES") || table.has("INTERNAL-IP") || table.has("ASN");
    return node ? Optional.of(ResourceKind.NODE) : Optional.empty();
  }

  static List<String> of(ResourceKind kind, boolean wide) {
    List<String> columns = new ArrayList<>(plain(kind));
    if (wide) {
      columns.addAll(added(kind));
    }
    return columns;
  }

  private static List<String> plain(ResourceKind kind) {
    return switch (kind) {
      case POD -> List.of("NAME", "READY", "STATUS", "RESTARTS", "AGE");
      case SERVICE -> List.of("NAME", "TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "AGE");
      case ENDPOINTS -> List.of("NAME", "ENDPOINTS", "AGE");
      case ENDPOINT_SLICE -> List.of("NAME", "ADDRESSTYPE", "PORTS", "ENDPOINTS", "AGE");
      case NODE -> List.of("NAME", "STATUS", "ROLES", "AGE", "VERSION");
      case NETWORK_POLICY -> List.of("NAME", "POD-SELECTOR", "AGE");
      case IP_POOL -> List.of("NAME", "CIDR");
      case WORKLOAD_ENDPOINT -> List.of("WORKLOAD", "NODE", "NETWORKS", "INTERFACE");
      case BGP_PEER -> List.of("NAME", "PEERIP", "NODE", "ASN");
    };
  }

  private static List<String> added(ResourceKind kind) {
    return switch (kind) {
      case POD -> List.of("IP", "NODE", "NOMINATED NODE", "READINESS GATES");
      case SERVICE -> List.of("SELECTOR");
      case NODE ->
          List.of("INTERNAL-IP", "EXTERNAL-IP", "OS-IMAGE", "KERNEL-VERSION", "CONTAINER-RUNTIME");
      case IP_POOL -> List.of("NAT", "IPIPMODE", "VXLANMODE", "DISABLED", "SELECTOR");
      case ENDPOINTS, ENDPOINT_SLICE, NETWORK_POLICY, WORKLOAD_ENDPOINT, BGP_PEER -> List.of();
    };
  }
}
