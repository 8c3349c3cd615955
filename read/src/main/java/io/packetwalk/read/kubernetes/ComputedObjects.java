package io.packetwalk.read.kubernetes;

import io.packetwalk.model.cluster.ComputedGroup;
import io.packetwalk.model.cluster.ComputedPolicy;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.read.tree.Tree;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Antrea's computed objects (controlplane/v1beta2). Depending on release and tool their keys are
 * written {@code appliedToGroups} or {@code appliedtogroups}, metadata stands in {@code metadata}
 * or {@code objectmeta}, addresses are text, bytes in a list or in base64.
 */
final class ComputedObjects {
  private ComputedObjects() {}

  /** A policy; empty when the tree is none. */
  static Optional<ComputedPolicy> policy(Tree tree) {
    Tree origin = at(tree, "sourceref");
    String name = text(origin, "name").or(() -> text(tree, "name")).orElse("");
    boolean policy = !at(tree, "rules").isAbsent() || !origin.isAbsent();
    if (!policy || name.isEmpty() || tree.source().isEmpty()) {
      return Optional.empty();
    }
    List<ComputedPolicy.Rule> rules = new ArrayList<>();
    elements(tree, "rules").forEach(rule -> rules.add(rule(rule)));
    return Optional.of(
        new ComputedPolicy(
            metadata(tree, "name").orElse(name),
            text(origin, "type").orElse("K8sNetworkPolicy"),
            new ObjectName(
                text(origin, "namespace").or(() -> metadata(tree, "namespace")).orElse(""), name),
            text(tree, "tierpriority"),
            text(tree, "priority"),
            new TreeSet<>(texts(tree, "appliedtogroups")),
            rules,
            tree.source().get()));
  }

  private static ComputedPolicy.Rule rule(Tree tree) {
    boolean ingress = text(tree, "direction").orElse("").equalsIgnoreCase("In");
    Tree peer = at(tree, ingress ? "from" : "to");
    List<IpPrefix> blocks = new ArrayList<>();
    elements(peer, "ipblocks").forEach(block -> prefix(at(block, "cidr")).ifPresent(blocks::add));
    Set<String> services = new TreeSet<>();
    elements(tree, "services").forEach(service -> services.add(service(service)));
    return new ComputedPolicy.Rule(
        ingress,
        text(tree, "name").orElse(""),
        text(tree, "action").orElse(""),
        new TreeSet<>(texts(peer, "addressgroups")),
        blocks,
        services,
        new TreeSet<>(texts(tree, "appliedtogroups")));
  }

  /** {@code TCP 80}, {@code UDP 1000-2000}, {@code ICMP}. */
  private static String service(Tree tree) {
    String protocol = text(tree, "protocol").orElse("TCP").toUpperCase(Locale.ROOT);
    String port =
        text(tree, "port")
            .or(() -> text(at(tree, "port"), "strval"))
            .or(() -> text(at(tree, "port"), "intval"))
            .orElse("");
    String end = text(tree, "endport").map(last -> "-" + last).orElse("");
    return port.isEmpty() ? protocol : protocol + " " + port + end;
  }

  /** {@code 10.0.0.0/8}, or {@code ip} and {@code prefixLength}. */
  private static Optional<IpPrefix> prefix(Tree cidr) {
    Optional<Integer> length =
        text(cidr, "prefixlength").filter(text -> text.matches("[0-9]{1,3}")).map(Integer::valueOf);
    return cidr.text()
        .flatMap(IpPrefix::parse)
        .or(() ->
            address(at(cidr, "ip"))
                .flatMap(ip -> length.flatMap(bits -> IpPrefix.parse(ip + "/" + bits))));
  }

  /** A group; empty when the tree is none. */
  static Optional<ComputedGroup> group(Tree tree) {
    Optional<String> name = metadata(tree, "name").or(() -> text(tree, "name"));
    if (name.isEmpty() || tree.source().isEmpty()) {
      return Optional.empty();
    }
    Set<ObjectName> pods = new TreeSet<>();
    Set<IpAddress> addresses = new TreeSet<>();
    for (String list : List.of("groupmembers", "pods", "nodes")) {
      for (Tree member : elements(tree, list)) {
        Tree pod = at(member, "pod");
        text(pod, "name")
            .ifPresent(known -> pods.add(new ObjectName(text(pod, "namespace").orElse(""), known)));
        elements(member, "ips").forEach(ip -> address(ip).ifPresent(addresses::add));
        for (String ip : text(member, "ip").orElse("").split(",", -1)) {
          IpAddress.parse(ip.strip()).ifPresent(addresses::add);
        }
      }
    }
    return Optional.of(new ComputedGroup(name.get(), pods, addresses, tree.source().get()));
  }

  /** An address as text, as base64 or as a list of bytes. */
  private static Optional<IpAddress> address(Tree tree) {
    if (tree instanceof Tree.Items items) {
      byte[] bytes = new byte[items.elements().size()];
      for (int index = 0; index < bytes.length; index++) {
        String number = items.elements().get(index).text().orElse("");
        if (!number.matches("[0-9]{1,3}")) {
          return Optional.empty();
        }
        bytes[index] = (byte) Integer.parseInt(number);
      }
      return address(bytes);
    }
    String text = tree.text().orElse("");
    return IpAddress.parse(text).or(() -> decoded(text));
  }

  private static Optional<IpAddress> decoded(String text) {
    try {
      return address(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** Go keeps an IPv4 address in four bytes, or in sixteen behind {@code ::ffff}. */
  private static Optional<IpAddress> address(byte[] bytes) {
    if (bytes.length != 4 && bytes.length != 16) {
      return Optional.empty();
    }
    long high = 0;
    long low = 0;
    for (byte each : bytes) {
      high = high << 8 | low >>> 56;
      low = low << 8 | (each & 0xff);
    }
    boolean mapped = bytes.length == 16 && high == 0 && low >>> 32 == 0xffff;
    return Optional.of(
        bytes.length == 4 || mapped ? IpAddress.ofIpv4((int) low) : IpAddress.ofIpv6(high, low));
  }

  private static Optional<String> metadata(Tree tree, String key) {
    return text(at(tree, "metadata"), key).or(() -> text(at(tree, "objectmeta"), key));
  }

  private static Optional<String> text(Tree tree, String key) {
    return at(tree, key).text();
  }

  private static List<Tree> elements(Tree tree, String key) {
    return at(tree, key) instanceof Tree.Items items ? items.elements() : List.of();
  }

  private static List<String> texts(Tree tree, String key) {
    return elements(tree, key).stream().flatMap(element -> element.text().stream()).toList();
  }

  /** The value of a key, however its letters are written. */
  private static Tree at(Tree tree, String key) {
    if (tree instanceof Tree.Fields fields) {
      for (var entry : fields.entries().entrySet()) {
        if (entry.getKey().toLowerCase(Locale.ROOT).equals(key)) {
          return entry.getValue();
        }
      }
    }
    return Tree.Absent.ABSENT;
  }
}
