package io.packetwalk.walk.meaning;

import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.cluster.NetworkPolicy;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.RulePart;
import io.packetwalk.model.netfilter.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names of policies and profiles, as Calico writes them into rules. */
final class Policies {
  /** {@code Policy default/knp.default.web ingress}, {@code NetworkPolicy shop/web ingress}. */
  private static final Pattern COMMENT =
      Pattern.compile(
          "(Policy|NetworkPolicy|GlobalNetworkPolicy|StagedNetworkPolicy|KubernetesNetworkPolicy"
              + "|Profile) (\\S+) (?:ingress|egress)");

  /** {@code --nflog-prefix "DPI0|np/shop/web"}: verdict, owner's kind, direction, index, name. */
  private static final Pattern LOGGED =
      Pattern.compile("--nflog-prefix \"?[ADPN]([PR])[IE]\\d+\\|([^\"\\s]+)\"?");

  private static final int LONGEST_CHAIN = 28;

  private final Cluster cluster;

  Policies(Cluster cluster) {
    this.cluster = cluster;
  }

  /** The owner of a chain of rules, by their comments, log prefixes, or the chain's name. */
  Named owner(String chain, String prefix, List<Rule> rules) {
    boolean profile = prefix.equals("cali-pri-") || prefix.equals("cali-pro-");
    return rules.stream()
        .flatMap(rule -> rule.comments().stream())
        .map(this::inComment)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> inLogs(rules))
        .orElseGet(() -> byChain(chain, prefix, profile));
  }

  /**
   * A policy or profile with a name.
   *
   * @param text what it is and its name
   */
  record Named(String text, List<Source> evidence) {}

  Optional<Named> inComment(String comment) {
    Matcher matcher = COMMENT.matcher(comment);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String name = matcher.group(2);
    return Optional.of(
        switch (matcher.group(1)) {
          case "Profile" -> profile(name);
          case "NetworkPolicy" -> policy("np/" + name);
          case "KubernetesNetworkPolicy" -> policy("knp/" + name);
          case "GlobalNetworkPolicy" -> policy("gnp/" + name);
          case "StagedNetworkPolicy" -> new Named("StagedNetworkPolicy " + name, List.of());
          default -> policy(name);
        });
  }

  private Optional<Named> inLogs(List<Rule> rules) {
    return rules.stream()
        .flatMap(rule -> rule.parts().stream())
        .flatMap(Policies::logged)
        .map(LOGGED::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1).equals("R") ? profile(found.group(2)) : policy(found.group(2)))
        .findFirst();
  }

  private static Stream<String> logged(RulePart part) {
    return part instanceof Statement.Aside(String text) ? Stream.of(text) : Stream.of();
  }

  private Named byChain(String chain, String prefix, boolean profile) {
    String name = chain.substring(prefix.length());
    if (profile) {
      return profile(name);
    }
    return cluster.networkPolicies().stream()
        .filter(policy -> isChainOf(chain, prefix, policy.name()))
        .map(policy -> policy("knp/" + policy.name()))
        .findFirst()
        .orElseGet(() ->
            name.startsWith("_")
                ? new Named("the policy of chain " + chain, List.of())
                : policy(name));
  }

  /** Whether Calico would shorten one of the policy's ids to this name. */
  private static boolean isChainOf(String chain, String prefix, ObjectName policy) {
    String older = "knp.default." + policy.name();
    return Stream.of(
            "knp/" + policy,
            "np/" + policy,
            policy.namespace() + "/" + older,
            "default/" + policy.namespace() + "/" + older,
            older)
        .anyMatch(id -> shortened(prefix, id).equals(chain));
  }

  private static String shortened(String prefix, String id) {
    if (prefix.length() + id.length() <= LONGEST_CHAIN && !id.startsWith("_")) {
      return prefix + id;
    }
    int room = LONGEST_CHAIN - prefix.length() - 1;
    return prefix + "_" + Digest.base64(id).substring(0, room);
  }

  /** By Calico's id, of any of its versions. */
  private Named policy(String id) {
    String[] parts = id.split("/", -1);
    String last = parts[parts.length - 1];
    if (last.startsWith("knp.default.") && parts.length > 1) {
      return kubernetes(new ObjectName(parts[parts.length - 2], last.substring(12)));
    }
    return switch (parts[0]) {
      case "knp" -> parts.length == 3 ? kubernetes(new ObjectName(parts[1], parts[2])) : plain(id);
      case "np" ->
          parts.length == 3
              ? declared(new ObjectName(parts[1], parts[2]))
                  .orElseGet(
                      () -> new Named("NetworkPolicy " + parts[1] + "/" + parts[2], List.of()))
              : declared(parts.length == 4 ? new ObjectName(parts[2], parts[3]) : nobody())
                  .orElseGet(() -> new Named("NetworkPolicy " + id.substring(3), List.of()));
      case "gnp" -> new Named("GlobalNetworkPolicy " + id.substring(4), List.of());
      default ->
          parts.length == 2
              ? declared(new ObjectName(parts[0], parts[1])).orElseGet(() -> plain(id))
              : plain(id);
    };
  }

  private static ObjectName nobody() {
    return new ObjectName("", "");
  }

  private static Named plain(String id) {
    return new Named("policy " + id, List.of());
  }

  private static Named profile(String name) {
    String text =
        name.startsWith("kns.")
            ? "the profile of namespace " + name.substring(4)
            : name.startsWith("ksa.")
                ? "the profile of service account " + name.substring(4)
                : "profile " + name;
    return new Named(text, List.of());
  }

  private Named kubernetes(ObjectName name) {
    return declared(name).orElseGet(() -> new Named("NetworkPolicy " + name, List.of()));
  }

  /** With the line of the object. */
  private Optional<Named> declared(ObjectName name) {
    return cluster
        .networkPolicies()
        .first(policy -> policy.name().equals(name))
        .map(policy ->
            new Named("NetworkPolicy " + name + selecting(policy), List.of(policy.source())));
  }

  private static String selecting(NetworkPolicy policy) {
    return policy
        .podSelector()
        .map(labels ->
            labels.isEmpty()
                ? " (selects every pod of its namespace)"
                : " (selects "
                    + labels.entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .reduce((one, other) -> one + "," + other)
                        .orElse("")
                    + ")")
        .orElse("");
  }

  /** The object's line and name, for whoever names it by namespace and name. */
  Named named(String namespace, String name) {
    return kubernetes(new ObjectName(namespace, name));
  }
}
