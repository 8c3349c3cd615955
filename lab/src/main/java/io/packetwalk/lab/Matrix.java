package io.packetwalk.lab;

import io.packetwalk.lab.Probing.Target;
import io.packetwalk.lab.Probing.Wanted;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.plan.PlannedService;
import java.util.ArrayList;
import java.util.List;

/** Every kind of traffic that a cluster carries, as probes: what a cluster is proven with. */
public final class Matrix {
  private static final int SMALL = 64;

  private final Probing probing;
  private final Plan plan;
  private final List<Wanted> wanted = new ArrayList<>();

  private Matrix(Lab lab) {
    this.probing = new Probing(lab);
    this.plan = lab.plan();
  }

  /** The probes for this lab: both families where it has them, UDP, TCP and ICMP. */
  public static List<Wanted> of(Lab lab) {
    Matrix matrix = new Matrix(lab);
    for (boolean six : lab.plan().families()) {
      matrix.pods(six);
      matrix.services(six);
      matrix.outside(six);
    }
    return List.copyOf(matrix.wanted);
  }

  /** One probe of each kind of traffic: what shows in a few seconds that a cluster works. */
  public static List<Wanted> few(Lab lab) {
    Matrix matrix = new Matrix(lab);
    matrix.add("web", "api", false, "udp");
    matrix.add("web", "cart", false, "tcp");
    matrix.add("web", "db", false, "udp");
    matrix.add("web", "svc/shop/cart", false, "tcp");
    matrix.add("cart", "svc/shop/cart", false, "udp");
    matrix.add("web", "svc/kube-system/kube-dns", false, "udp");
    matrix.add("web", Plan.CLIENT, false, "icmp");
    matrix.nodePort("web", lab.plan().nodes().getFirst(), false, "tcp");
    return List.copyOf(matrix.wanted);
  }

  /** What tells most where each packet is dear: between nodes, denied, to a Service. */
  public static List<Wanted> fewest(Lab lab) {
    Matrix matrix = new Matrix(lab);
    matrix.add("web", "cart", false, "tcp");
    matrix.add("web", "db", false, "udp");
    matrix.add("web", "svc/shop/cart", false, "tcp");
    return List.copyOf(matrix.wanted);
  }

  private void pods(boolean six) {
    add("web", "api", six, "udp", "tcp", "icmp");
    add("web", "cart", six, "udp", "tcp", "icmp");
    add("api", "cart", six, "udp", "tcp", "icmp");
    add("web", "db", six, "udp", "tcp", "icmp");
    add("api", "db", six, "udp", "tcp", "icmp");
    PlannedNode first = plan.nodes().getFirst();
    add(first.name(), "web", six, "udp", "tcp", "icmp");
    add(first.name(), "cart", six, "udp", "tcp", "icmp");
    PlannedPod cart = plan.pod("cart").orElseThrow();
    PlannedPod web = plan.pod("web").orElseThrow();
    large("web", target(cart.fullName(), cart.address().of(six), 8080), six);
    large("cart", target(web.fullName(), web.address().of(six), 8080), six);
  }

  private void services(boolean six) {
    for (String name : List.of("api", "cart", "db")) {
      add("web", "svc/shop/" + name, six, "udp", "tcp");
    }
    add("cart", "svc/shop/cart", six, "udp", "tcp");
    add("db", "svc/shop/web", six, "udp", "tcp");
    add("web", "svc/kube-system/kube-dns", six, "udp");
    add("db", "svc/kube-system/kube-dns", six, "udp");
    add(plan.nodes().getFirst().name(), "svc/shop/cart", six, "udp", "tcp");
    if (!six) {
      add("web", "svc/ingress/proxy", six, "tcp");
    }
  }

  private void outside(boolean six) {
    add("web", Plan.CLIENT, six, "udp", "tcp", "icmp");
    add("cart", Plan.CLIENT, six, "udp", "tcp", "icmp");
    for (PlannedNode node : plan.nodes()) {
      for (String name : List.of("db", "web")) {
        nodePort(name, node, six, "udp", "tcp");
      }
    }
    PlannedService ingress = plan.service("proxy").orElseThrow();
    if (!six) {
      add(Plan.CLIENT, target("svc/ingress/proxy", ingress.loadBalancer(), 80), "tcp");
    }
  }

  private void nodePort(String name, PlannedNode node, boolean six, String... protocols) {
    PlannedService service = plan.service(name).orElseThrow();
    Target target =
        target(
            "nodeport " + service.fullName(),
            node.address().of(six),
            service.ports().getFirst().nodePort());
    for (String protocol : protocols) {
      add(Plan.CLIENT, target, protocol);
    }
  }

  private static Target target(String name, String address, int port) {
    return new Target(name, address, port);
  }

  /** As large as fits, and one byte more. */
  private void large(String from, Target target, boolean six) {
    int headers = six ? 48 : 28;
    LabProbe.Sender sender = probing.sender(from).orElseThrow();
    wanted.add(new Wanted(sender, target, "udp", plan.podMtu() - headers));
    wanted.add(new Wanted(sender, target, "udp", plan.podMtu() - headers + 1));
  }

  private void add(String from, String to, boolean six, String... protocols) {
    Target target = probing.target(to, six).orElseThrow();
    for (String protocol : protocols) {
      add(from, target, protocol);
    }
  }

  private void add(String from, Target target, String protocol) {
    wanted.add(new Wanted(probing.sender(from).orElseThrow(), target, protocol, SMALL));
  }
}
