package io.packetwalk.read.kubernetes;

import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.read.tree.Tree;
import java.util.Optional;

/**
 * An object's tree with what its surroundings say about it.
 *
 * @param scope what was asked for: gives the namespace of an object that doesn't say
 * @param declared whether somebody wrote it to be created
 */
record ObjectTree(Tree tree, ObjectScope scope, boolean declared) {
  /** The object's name; empty when it has none. */
  String name() {
    return tree.text("metadata", "name").orElse("");
  }

  String namespace() {
    return scope.namespaceOr(tree.text("metadata", "namespace").orElse(""));
  }

  ObjectName objectName() {
    return new ObjectName(namespace(), name());
  }

  /** The line of its name, or else of its kind. */
  Optional<Line> line() {
    Tree name = tree.at("metadata", "name");
    Tree shown = name.isAbsent() ? tree.at("kind") : name;
    return shown instanceof Tree.Scalar scalar
        ? Optional.of(scalar.line())
        : tree instanceof Tree.Fields fields ? Optional.of(fields.line()) : Optional.empty();
  }

  Source source() {
    return line().map(Line::source).orElseThrow();
  }

  boolean isCalico() {
    return tree.text("apiVersion").orElse("").contains("projectcalico.org");
  }

  /** What the object is, when the model has it. */
  Optional<ResourceKind> resource(String kind) {
    String version = tree.text("apiVersion").orElse("");
    int slash = version.indexOf('/');
    String group = slash < 0 ? "" : version.substring(0, slash);
    return switch (kind) {
      case "Pod", "Service", "Endpoints" -> core(kind, group);
      case "Node" -> group.isEmpty() || isCalico() ? Optional.of(ResourceKind.NODE) : none();
      case "EndpointSlice" -> Optional.of(ResourceKind.ENDPOINT_SLICE);
      case "NetworkPolicy" ->
          isCalico() || group.contains("antrea")
              ? none()
              : Optional.of(ResourceKind.NETWORK_POLICY);
      case "IPPool" -> group.contains("antrea") ? none() : Optional.of(ResourceKind.IP_POOL);
      case "WorkloadEndpoint" -> Optional.of(ResourceKind.WORKLOAD_ENDPOINT);
      case "BGPPeer" -> Optional.of(ResourceKind.BGP_PEER);
      default -> none();
    };
  }

  private static Optional<ResourceKind> core(String kind, String group) {
    return group.isEmpty() ? ResourceKind.named(kind) : none();
  }

  private static Optional<ResourceKind> none() {
    return Optional.empty();
  }
}
