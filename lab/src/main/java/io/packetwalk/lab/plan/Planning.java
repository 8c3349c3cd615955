package io.packetwalk.lab.plan;

import io.packetwalk.lab.plan.PlannedService.Port;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The planning of clusters: every address and name follows from the kind. */
public final class Planning {
  /** All pods' addresses. */
  public static final Addresses POOL = new Addresses("10.244.0.0/16", "fd00:10:244::/48");

  /** All Services' addresses. */
  public static final Addresses SERVICES = new Addresses("10.96.0.0/16", "fd00:10:96::/112");

  /** Where pods answer. */
  public static final int POD_PORT = 8080;

  /** The client's name, which is none of the cluster's. */
  public static final String CLIENT_NAME = "client.example";

  /** The name that the cluster's DNS gives to Services ends like this. */
  public static final String DOMAIN = "cluster.local";

  private static final int MTU = 1500;
  private static final String EGRESS_ADDRESS = "192.168.50.241";

  private final ClusterKind kind;
  private final List<PlannedPod> pods = new ArrayList<>();

  private Planning(ClusterKind kind) {
    this.kind = kind;
  }

  /** The plan of a cluster of this kind. */
  public static Plan of(ClusterKind kind, boolean dualStack) {
    Planning planning = new Planning(kind);
    List<PlannedNode> nodes = nodes(kind);
    planning.pods(nodes);
    return new Plan(
        kind,
        dualStack,
        MTU,
        nodes,
        planning.pods,
        planning.services(),
        List.of(new PlannedAlias("shop", "outside", CLIENT_NAME)),
        kind.enforcesPolicies() ? policies() : List.of(),
        kind.pods() == ClusterKind.Pods.SWITCHED && !kind.tunnelDevice().isEmpty()
            ? List.of(new PlannedEgress("egress-cart", "cart", nodes.getFirst(), EGRESS_ADDRESS))
            : List.of(),
        new Addresses("192.168.50.200", "fd00:192:168:50::c8"));
  }

  static String subnet(int number) {
    return number == 0 ? "192.168.50" : "172.16.9";
  }

  static String subnetIpv6(int number) {
    return number == 0 ? "fd00:192:168:50" : "fd00:172:16:9";
  }

  private static List<PlannedNode> nodes(ClusterKind kind) {
    List<PlannedNode> nodes = new ArrayList<>();
    int count = kind.twoSubnets() ? 3 : 2;
    for (int number = 1; number <= count; number++) {
      int subnet = number == 3 ? 1 : 0;
      String block = "10.244." + number;
      String blockIpv6 = "fd00:10:244:" + number;
      boolean routed = kind.pods() == ClusterKind.Pods.ROUTED;
      String size = routed ? "/26" : "/24";
      String host = routed ? ".64" : ".0";
      String gateway = routed ? ".65" : ".1";
      nodes.add(
          new PlannedNode(
              "worker" + number,
              number,
              subnet,
              new Addresses(subnet(subnet) + ".1" + number, subnetIpv6(subnet) + "::1" + number),
              "52:54:00:8b:1e:1" + number,
              new Addresses(block + host + size, blockIpv6 + "::/64"),
              new Addresses(block + gateway, blockIpv6 + "::1"),
              "66:1e:4c:0d:50:0" + number));
    }
    return nodes;
  }

  private void pods(List<PlannedNode> nodes) {
    PlannedNode first = nodes.get(0);
    PlannedNode second = nodes.get(1);
    PlannedNode last = nodes.getLast();
    pod("shop", "web", "6d4b75cb6d-hx7kq", first);
    pod("shop", "api", "7c9f8d6b54-x2k4p", first);
    pod("shop", "cart", "6bb7f9c4d8-9tqzl", second);
    pod("shop", "db", "5f6d8c9b7-w8r2n", last);
    pod("shop", "api", "7c9f8d6b54-m5v9s", last);
    pod("kube-system", "coredns", "76f75df574-q4zvb", second);
    pod("ingress", "proxy", "58c4d7f6b9-tn6jd", first);
  }

  private void pod(String namespace, String app, String suffix, PlannedNode node) {
    int index = 5 + (int) pods.stream().filter(pod -> pod.node().equals(node)).count();
    String name = app + "-" + suffix;
    int last = index + (kind.pods() == ClusterKind.Pods.ROUTED ? 64 : 0);
    String hash = sha1(namespace + "." + name);
    pods.add(
        new PlannedPod(
            namespace,
            name,
            app,
            node,
            new Addresses(
                "10.244." + node.number() + "." + last,
                "fd00:10:244:" + node.number() + "::" + Integer.toHexString(last)),
            "3a:%s:%s:%s:%s:%s"
                .formatted(
                    hash.substring(12, 14),
                    hash.substring(14, 16),
                    hash.substring(16, 18),
                    hash.substring(18, 20),
                    hash.substring(20, 22)),
            "cni-" + hash.substring(24, 32) + "-" + hash.substring(32, 36),
            switch (kind.pods()) {
              case BRIDGED -> "";
              case ROUTED -> "cali" + hash.substring(0, 11);
              case SWITCHED -> name.substring(0, 8) + "-" + hash.substring(0, 6);
            }));
  }

  private List<PlannedService> services() {
    List<PlannedService> services = new ArrayList<>();
    services.add(
        service(
            "shop",
            "api",
            PlannedService.Type.CLUSTER_IP,
            false,
            20,
            "",
            both("http", 80, 8080, 0)));
    services.add(
        service(
            "shop",
            "db",
            PlannedService.Type.NODE_PORT,
            false,
            30,
            "",
            both("sql", 5432, 8080, 30432)));
    services.add(
        service(
            "shop",
            "web",
            PlannedService.Type.NODE_PORT,
            true,
            40,
            "",
            both("http", 80, 8080, 30080)));
    services.add(
        service(
            "shop",
            "cart",
            PlannedService.Type.CLUSTER_IP,
            false,
            50,
            "",
            both("http", 80, 8080, 0)));
    services.add(
        service(
            "kube-system",
            "kube-dns",
            PlannedService.Type.CLUSTER_IP,
            false,
            10,
            "",
            both("dns", 53, 53, 0)));
    services.add(
        service(
            "ingress",
            "proxy",
            PlannedService.Type.LOAD_BALANCER,
            false,
            60,
            "192.168.50.240",
            List.of(new Port("http", "tcp", 80, 80, 30800))));
    return services;
  }

  private static List<Port> both(String name, int port, int target, int nodePort) {
    return List.of(
        new Port(name, "tcp", port, target, nodePort),
        new Port(name + "-udp", "udp", port, target, nodePort));
  }

  private PlannedService service(
      String namespace,
      String name,
      PlannedService.Type type,
      boolean localOnly,
      int number,
      String loadBalancer,
      List<Port> ports) {
    String app = name.equals("kube-dns") ? "coredns" : name;
    return new PlannedService(
        namespace,
        name,
        app,
        type,
        localOnly,
        new Addresses("10.96.0." + number, "fd00:10:96::" + Integer.toHexString(number)),
        loadBalancer,
        ports,
        pods.stream().filter(pod -> pod.app().equals(app)).toList());
  }

  private static List<PlannedPolicy> policies() {
    return List.of(
        new PlannedPolicy("shop", "db-from-api", "db", "api", POD_PORT),
        new PlannedPolicy("shop", "cart-from-web", "cart", "web", POD_PORT));
  }

  private static String sha1(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).toLowerCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
