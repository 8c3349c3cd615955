package io.packetwalk.walk.meaning;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules of Calico, in iptables or nftables: which endpoint's policy or profile they are.
 *
 * <p>An endpoint's chain asks one policy after the other; a packet that none of a tier's policies
 * decided about is dropped at the tier's end, and that is what isolates a pod.
 */
final class CalicoMeaning {
  /** In nftables one table holds the chains of all of iptables' tables. */
  private static final Pattern TABLE = Pattern.compile("^(?:filter|mangle|nat|raw)-(?=cali-)");

  private static final List<String> POLICY = List.of("cali-pi-", "cali-po-");
  private static final List<String> PROFILE = List.of("cali-pri-", "cali-pro-");
  private static final Map<String, String> FIXED = fixed();

  private final PodDevices devices;
  private final Policies policies;

  CalicoMeaning(Snapshot snapshot) {
    this.devices = new PodDevices(snapshot);
    this.policies = new Policies(snapshot.cluster());
  }

  private static Map<String, String> fixed() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put(
        "cali-nat-outgoing", "the pool's natOutgoing: to an address outside Calico's pools");
    meanings.put("cali-fip-dnat", "a floating IP of a pod");
    meanings.put("cali-fip-snat", "a floating IP of a pod");
    meanings.put("cali-cidr-block", "Calico refuses addresses of its pools that no pod has");
    meanings.put("cali-rpf-skip", "Calico's reverse path filter");
    meanings.put("cali-failsafe-in", "a failsafe port of a host endpoint");
    meanings.put("cali-failsafe-out", "a failsafe port of a host endpoint");
    return meanings;
  }

  private static String plain(String chain) {
    return TABLE.matcher(chain).replaceFirst("");
  }

  private static Optional<String> prefix(String chain, List<String> prefixes) {
    return prefixes.stream().filter(plain(chain)::startsWith).findFirst();
  }

  Optional<Meaning> of(Decided decided) {
    if (decided.path().stream().noneMatch(name -> plain(name).startsWith("cali-"))) {
      return Optional.empty();
    }
    String chain = plain(decided.chain());
    return inPolicy(decided)
        .or(() -> inEndpoint(decided, chain))
        .or(() -> unknownDevice(decided, chain))
        .or(() -> Optional.ofNullable(FIXED.get(chain)).map(Meaning::of))
        .or(() -> byComment(decided));
  }

  /** In the chain of a policy or profile, or of a group of policies. */
  private Optional<Meaning> inPolicy(Decided decided) {
    List<String> prefixes = new ArrayList<>(POLICY);
    prefixes.addAll(PROFILE);
    return prefix(decided.chain(), prefixes)
        .map(prefix -> {
          Policies.Named owner =
              policies.owner(plain(decided.chain()), prefix, decided.rulesOf(decided.chain()));
          return new Meaning(verb(decided) + owner.text() + whose(decided), owner.evidence());
        });
  }

  /** A mark can mean that the packet is allowed or that the next tier is asked. */
  private static String verb(Decided decided) {
    return decided.ends() ? "denied by " : decided.accepts() ? "allowed by " : "by ";
  }

  private String whose(Decided decided) {
    return endpoint(decided).map(text -> ", " + text).orElse("");
  }

  /** {@code ingress of pod shop/cart}, by the endpoint's chain on the way. */
  private Optional<String> endpoint(Decided decided) {
    return decided.path().reversed().stream()
        .map(CalicoMeaning::plain)
        .map(name -> endpoint(decided.place(), name))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> endpoint(NamespaceId place, String chain) {
    String rest = chain.substring(Math.min(chain.length(), 8));
    if (chain.startsWith("cali-tw-")) {
      return Optional.of("ingress of " + pod(place, rest));
    }
    if (chain.startsWith("cali-fw-")) {
      return Optional.of("egress of " + pod(place, rest));
    }
    if (chain.startsWith("cali-th-") || chain.startsWith("cali-fh-")) {
      boolean out = chain.startsWith("cali-th-");
      return Optional.of((out ? "egress" : "ingress") + " of host endpoint " + rest);
    }
    return Optional.empty();
  }

  private String pod(NamespaceId place, String device) {
    return devices
        .pod(place, device)
        .map(name -> "pod " + name)
        .orElse("the endpoint of " + device);
  }

  private Optional<Meaning> inEndpoint(Decided decided, String chain) {
    return endpoint(decided.place(), chain).flatMap(of -> ofEndpoint(decided, of));
  }

  private Optional<Meaning> ofEndpoint(Decided decided, String endpoint) {
    Optional<Policies.Named> here =
        decided.rule().comments().stream()
            .map(policies::inComment)
            .flatMap(Optional::stream)
            .findFirst();
    if (here.isPresent()) {
      return Optional.of(
          new Meaning(verb(decided) + here.get().text() + ", " + endpoint, here.get().evidence()));
    }
    boolean isolated = decided.ends() && !Conditional.is(decided.rule());
    return Optional.of(
        isolated ? isolation(decided, endpoint) : Meaning.of(endpoint + comment(decided.rule())));
  }

  /** At the end of an endpoint's chain, or of a tier in it. */
  private Meaning isolation(Decided decided, String endpoint) {
    List<Rule> before = decided.rulesOf(decided.chain());
    List<Policies.Named> asked = new ArrayList<>();
    for (Rule rule : before) {
      if (rule.equals(decided.rule())) {
        break;
      }
      if (rule.comment().contains("Start of tier")) {
        asked.clear();
      }
      asked.addAll(owners(decided, rule));
    }
    List<Source> evidence = asked.stream().flatMap(one -> one.evidence().stream()).toList();
    List<String> names = asked.stream().map(Policies.Named::text).distinct().toList();
    if (names.isEmpty()) {
      return Meaning.of(endpoint + ": no policy and no profile allows the packet");
    }
    String list = String.join(", ", names);
    boolean one = names.size() == 1;
    String text =
        endpoint
            + " is isolated by "
            + list
            + (one ? ", which doesn't allow the packet" : ", none of which allows the packet");
    return new Meaning(text, evidence);
  }

  /** The policies that a rule of an endpoint's chain asks. */
  private List<Policies.Named> owners(Decided decided, Rule rule) {
    Optional<String> target = Decided.target(rule);
    if (target.isEmpty()) {
      return List.of();
    }
    String name = plain(target.get());
    List<Rule> rules = decided.rulesOf(target.get());
    if (name.startsWith("cali-gi-") || name.startsWith("cali-go-")) {
      return rules.stream()
          .filter(inner -> Decided.target(inner).isPresent())
          .filter(inner -> prefix(Decided.target(inner).orElseThrow(), POLICY).isPresent())
          .flatMap(inner -> owners(decided, inner).stream())
          .toList();
    }
    return prefix(name, POLICY).map(prefix -> policies.owner(name, prefix, rules)).stream()
        .toList();
  }

  private static Optional<Meaning> unknownDevice(Decided decided, String chain) {
    boolean dispatch = chain.startsWith("cali-from-wl-dispatch") || chain.startsWith("cali-to-wl-");
    return dispatch && decided.ends()
        ? Optional.of(Meaning.of("Calico knows no endpoint at this device"))
        : Optional.empty();
  }

  private static Optional<Meaning> byComment(Decided decided) {
    String comment = comment(decided.rule());
    return comment.isEmpty() ? Optional.empty() : Optional.of(Meaning.of(comment.substring(2)));
  }

  /** What a person would read of the rule's comments. */
  private static String comment(Rule rule) {
    return rule.comments().stream()
        .filter(text -> !text.startsWith("cali:"))
        .findFirst()
        .map(text -> ", “" + text + "”")
        .orElse("");
  }
}
