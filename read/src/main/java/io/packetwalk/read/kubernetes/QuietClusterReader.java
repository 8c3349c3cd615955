package io.packetwalk.read.kubernetes;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Reading;
import io.packetwalk.read.command.Arguments;
import io.packetwalk.read.transcript.CommandRun;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Knows the commands of {@code kubectl} and {@code calicoctl} that change things or tell others.
 */
public final class QuietClusterReader implements CommandReader {
  private static final Set<String> VERBS =
      Set.of(
          "apply",
          "create",
          "delete",
          "replace",
          "patch",
          "edit",
          "run",
          "expose",
          "scale",
          "label",
          "annotate",
          "rollout",
          "logs",
          "version",
          "config",
          "cluster-info",
          "top",
          "cordon",
          "uncordon",
          "drain",
          "taint",
          "wait",
          "exec",
          "attach",
          "cp",
          "port-forward",
          "api-resources",
          "api-versions",
          "explain",
          "completion",
          "set",
          "ipam",
          "convert",
          "auth",
          "debug");

  /** Objects that say how a cluster is set up, not where packets go. */
  private static final Set<String> SETTINGS =
      Set.of(
          "bgpconfig",
          "bgpconfiguration",
          "bgpconfigurations",
          "felixconfig",
          "felixconfiguration",
          "felixconfigurations",
          "clusterinfo",
          "events",
          "namespaces",
          "ns",
          "namespace",
          "componentstatuses",
          "cs",
          "sa",
          "serviceaccounts",
          "secrets",
          "crd",
          "crds",
          "cm",
          "configmap",
          "configmaps",
          "ds",
          "daemonset",
          "daemonsets",
          "deploy",
          "deployment",
          "deployments",
          "rs",
          "replicaset",
          "replicasets",
          "sts",
          "statefulset",
          "statefulsets",
          "leases",
          "lease");

  /** Kinds of Antrea's, which its agents have turned into flows. */
  private static final Set<String> ANTREA =
      Set.of(
          "acnp",
          "clusternetworkpolicy",
          "clusternetworkpolicies",
          "anp",
          "annp",
          "tier",
          "tiers",
          "clustergroup",
          "clustergroups",
          "cg",
          "groups.crd.antrea.io",
          "egress",
          "egresses",
          "eg",
          "externalippool",
          "externalippools",
          "eip",
          "trafficcontrol",
          "trafficcontrols",
          "traceflow",
          "traceflows",
          "tf",
          "packetcapture",
          "packetcaptures",
          "antreaagentinfo",
          "antreaagentinfos",
          "aai",
          "antreacontrollerinfo",
          "antreacontrollerinfos",
          "aci",
          "nodelatencymonitor",
          "nodelatencymonitors",
          "nodelatencystats",
          "bgppolicy",
          "bgppolicies",
          "externalnode",
          "externalnodes",
          "externalentity",
          "externalentities",
          "supportbundlecollection",
          "supportbundlecollections",
          "antreaclusternetworkpolicystats",
          "antreanetworkpolicystats",
          "networkpolicystats");

  @Override
  public Optional<String> recognise(CommandRun run) {
    if (run.word(0).equals("antctl")) {
      return Optional.of("antctl");
    }
    boolean cluster = Kubectl.is(run) || run.word(0).equals("calicoctl");
    if (!cluster) {
      return Optional.empty();
    }
    Arguments arguments = ObjectScope.kubectl(run);
    String verb = arguments.operand(0);
    boolean gets = verb.equals("get") || verb.equals("describe");
    if (gets
        && List.of(arguments.operand(1).split(",", -1)).stream()
            .allMatch(QuietClusterReader::isQuiet)) {
      return Optional.of(run.word(0) + " " + verb + " " + arguments.operand(1));
    }
    return VERBS.contains(verb) ? Optional.of(run.word(0) + " " + verb) : Optional.empty();
  }

  /**
   * A kind, perhaps with its group or a name: {@code tiers.crd.antrea.io}, {@code acnp/drop-db}.
   */
  private static boolean isQuiet(String word) {
    String kind = word.toLowerCase(Locale.ROOT).split("/", 2)[0];
    int dot = kind.indexOf('.');
    return SETTINGS.contains(kind)
        || ANTREA.contains(kind)
        || (dot > 0 && kind.substring(dot).contains(".antrea.io"));
  }

  @Override
  public Reading read(CommandRun run) {
    return Reading.of();
  }
}
