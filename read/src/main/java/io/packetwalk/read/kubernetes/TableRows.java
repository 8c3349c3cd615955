package io.packetwalk.read.kubernetes;

import io.packetwalk.model.cluster.BgpPeer;
import io.packetwalk.model.cluster.Endpoints;
import io.packetwalk.model.cluster.IpPool;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.cluster.NetworkPolicy;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.cluster.WorkloadEndpoint;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Rows of tables to objects of the model, by kind. */
final class TableRows {
  private static final Pattern READY = Pattern.compile("(\\d+)/(\\d+)");

  private TableRows() {}

  static void add(ResourceKind kind, ObjectRow row, ClusterRows rows) {
    switch (kind) {
      case POD -> pod(row, rows);
      case SERVICE -> ServiceRow.read(row, rows);
      case ENDPOINTS -> endpoints(row, rows);
      case ENDPOINT_SLICE -> slice(row, rows);
      case NODE -> node(row, rows);
      case NETWORK_POLICY -> policy(row, rows);
      case IP_POOL -> pool(row, rows);
      case WORKLOAD_ENDPOINT -> workload(row, rows);
      case BGP_PEER -> peer(row, rows);
    }
  }

  private static void pod(ObjectRow row, ClusterRows rows) {
    var counts = READY.matcher(row.cell("READY").orElse(""));
    if (!counts.matches()) {
      rows.skip(row.line(), "not a row of a table of pods");
      return;
    }
    Optional<String> status = row.cell("STATUS");
    boolean ready =
        counts.group(1).equals(counts.group(2)) && status.filter("Running"::equals).isPresent();
    rows.add(
        new Pod(
            row.name(),
            row.addresses("IP"),
            row.cell("NODE"),
            status,
            Optional.of(ready),
            Optional.empty(),
            row.cell("LABELS").map(ObjectRow::labels).orElse(Map.of()),
            List.of(),
            false,
            row.source()));
  }

  private static void endpoints(ObjectRow row, ClusterRows rows) {
    Optional<String> shown = row.raw("ENDPOINTS");
    if (shown.isEmpty()) {
      rows.damage(ResourceKind.ENDPOINTS, row.line(), "the row is cut off");
      return;
    }
    EndpointText text = EndpointText.of(shown.get());
    if (text.endpoints().isEmpty() && !shown.get().equals("<none>")) {
      rows.damage(ResourceKind.ENDPOINTS, row.line(), "no addresses in the column ENDPOINTS");
      return;
    }
    rows.addEndpoints(
        new Endpoints(row.name(), row.name(), text.endpoints(), text.truncated(), row.source()));
  }

  private static void slice(ObjectRow row, ClusterRows rows) {
    EndpointText text = EndpointText.ofSlice(row.raw("ENDPOINTS").orElse(""), row.list("PORTS"));
    rows.addSlice(
        new Endpoints(
            row.name(),
            EndpointText.serviceOf(row.name()),
            text.endpoints(),
            text.truncated(),
            row.source()));
  }

  private static void node(ObjectRow row, ClusterRows rows) {
    boolean kubernetes = row.raw("ROLES").isPresent() || row.raw("STATUS").isPresent();
    List<IpAddress> internal =
        kubernetes ? row.addresses("INTERNAL-IP") : CalicoObjects.nodeAddresses(row);
    rows.add(
        new KubernetesNode(
            row.plainName(),
            internal,
            row.addresses("EXTERNAL-IP"),
            List.of(),
            row.cell("STATUS"),
            Map.of(),
            row.source()));
  }

  private static void policy(ObjectRow row, ClusterRows rows) {
    Optional<String> shown = row.raw("POD-SELECTOR");
    boolean plain = shown.filter(TableRows::isPlainSelector).isPresent();
    rows.add(
        new NetworkPolicy(
            row.name(),
            plain ? shown.map(ObjectRow::labels) : Optional.empty(),
            Set.of(),
            Optional.empty(),
            false,
            row.source()));
  }

  /** Labels to equal, or {@code <none>}; not {@code tier in (a,b)} and the like. */
  private static boolean isPlainSelector(String text) {
    return text.startsWith("<") || (text.indexOf(' ') < 0 && text.indexOf('!') < 0);
  }

  private static void pool(ObjectRow row, ClusterRows rows) {
    Optional<IpPrefix> cidr = row.cell("CIDR").flatMap(IpPrefix::parse);
    if (cidr.isEmpty()) {
      rows.skip(row.line(), "no address block in the column CIDR");
      return;
    }
    rows.add(
        new IpPool(
            row.plainName(),
            cidr.get(),
            truth(row, "NAT"),
            row.cell("IPIPMODE"),
            row.cell("VXLANMODE"),
            truth(row, "DISABLED"),
            false,
            row.source()));
  }

  private static Optional<Boolean> truth(ObjectRow row, String column) {
    return row.cell(column)
        .filter(text -> text.equals("true") || text.equals("false"))
        .map(Boolean::valueOf);
  }

  private static void workload(ObjectRow row, ClusterRows rows) {
    List<IpPrefix> networks =
        row.list("NETWORKS").stream().flatMap(text -> IpPrefix.parse(text).stream()).toList();
    if (networks.isEmpty()) {
      rows.skip(row.line(), "no address in the column NETWORKS");
      return;
    }
    rows.add(
        new WorkloadEndpoint(
            row.namespace(),
            row.cell("WORKLOAD").orElse(row.plainName()),
            row.cell("NODE"),
            networks,
            row.cell("INTERFACE"),
            row.source()));
  }

  private static void peer(ObjectRow row, ClusterRows rows) {
    Optional<String> address = row.cell("PEERIP");
    if (address.isEmpty()) {
      rows.skip(row.line(), "no address in the column PEERIP");
      return;
    }
    String scope = row.raw("NODE").orElse("").replace("(", "").replace(")", "");
    rows.add(
        new BgpPeer(
            row.plainName(),
            address.flatMap(IpAddress::parse),
            scope,
            row.cell("ASN"),
            false,
            row.source()));
  }
}
