package io.packetwalk.cli.question;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.Endpoints;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.cluster.Service;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What cluster DNS answers, by the objects that it answers from (Kubernetes' specification of
 * DNS-based service discovery, version 1.1): the address of a Service, the pods of a headless one,
 * another name for one of type ExternalName.
 */
final class ClusterDns {
  private static final String SERVICES = "svc";
  private static final String PODS = "pod";

  private final Snapshot snapshot;

  ClusterDns(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * An end that a name stands for.
   *
   * @param premise that cluster DNS says so
   */
  record Answer(Endpoint end, Optional<Assumption> premise) {
    static Answer plain(Endpoint end) {
      return new Answer(end, Optional.empty());
    }
  }

  /** What a name stands for where this sender looks it up. */
  Answer lookUp(DnsName name, Endpoint sender) throws QuestionFault {
    List<String> labels = name.labels();
    if (isUnder(PODS, labels, 2)) {
      return podByAddress(name, sender);
    }
    if (isUnder(SERVICES, labels, 3) || isHostname(labels)) {
      return podByHostname(name, sender);
    }
    if (isUnder(SERVICES, labels, 2) || labels.size() == 2) {
      return service(name, new ObjectName(labels.get(1), labels.get(0)), sender);
    }
    if (labels.size() == 1) {
      return service(name, new ObjectName(namespace(name, sender), labels.get(0)), sender);
    }
    throw new QuestionFault(
        "%s is no name of a Service (NAME, NAME.NS or NAME.NS.svc.DOMAIN): cluster DNS asks others for it; name an address"
            .formatted(name));
  }

  private static boolean isUnder(String word, List<String> labels, int index) {
    return labels.size() > index && labels.get(index).equals(word);
  }

  /** {@code HOSTNAME.SERVICE.NS}, which the search path completes. */
  private boolean isHostname(List<String> labels) {
    return labels.size() == 3
        && !isUnder(SERVICES, labels, 2)
        && snapshot.cluster().service(new ObjectName(labels.get(2), labels.get(1))).isPresent();
  }

  /** A pod's search path begins with its own namespace. */
  private static String namespace(DnsName name, Endpoint sender) throws QuestionFault {
    if (sender instanceof Endpoint.Pod pod) {
      return pod.name().namespace();
    }
    throw new QuestionFault(
        "in which namespace is %s? Only pods have a search path: name svc/NS/%s"
            .formatted(name, name));
  }

  private Answer service(DnsName name, ObjectName service, Endpoint sender) throws QuestionFault {
    Answer answer = service(new Endpoint.Service(service, name.port()));
    Service known = snapshot.cluster().service(service).orElseThrow();
    return new Answer(
        answer.end(),
        Optional.of(
            answer.end() instanceof Endpoint.Service
                ? premise(
                    name,
                    sender,
                    "%s, the address of service %s"
                        .formatted(texts(known.clusterAddresses()), service),
                    known)
                : premise(
                    name, sender, "the address of the only pod of service " + service, known)));
  }

  /** A Service itself, or the pod that the name of a headless one stands for. */
  Answer service(Endpoint.Service asked) throws QuestionFault {
    Service service =
        snapshot
            .cluster()
            .service(asked.name())
            .orElseThrow(() ->
                Suggestions.unknown(
                    "service",
                    asked.name().toString(),
                    snapshot.cluster().services().stream()
                        .map(known -> known.name().toString())
                        .toList()));
    if (service.externalName().isPresent()) {
      throw new QuestionFault(
          "service %s stands for the name %s (ExternalName), which cluster DNS asks others for; name an address of it"
              .formatted(asked.name(), service.externalName().get()));
    }
    return service.clusterAddresses().isEmpty()
        ? Answer.plain(headless(asked))
        : Answer.plain(asked);
  }

  private Endpoint headless(Endpoint.Service asked) throws QuestionFault {
    List<IpAddress> addresses = ready(asked.name());
    List<String> pods = addresses.stream().map(this::nameOf).distinct().toList();
    if (pods.size() == 1) {
      return end(addresses.getFirst(), asked.port());
    }
    throw new QuestionFault(
        "service %s has no address of its own; name one of its pods%s"
            .formatted(
                asked.name(),
                pods.isEmpty() ? "" : ", of which a client takes one: " + Suggestions.some(pods)));
  }

  private Endpoint end(IpAddress address, Optional<String> port) {
    return snapshot
        .cluster()
        .podAt(address)
        .<Endpoint>map(pod -> new Endpoint.Pod(pod.name(), port))
        .orElseGet(() -> new Endpoint.Address(address, port));
  }

  private String nameOf(IpAddress address) {
    return snapshot
        .cluster()
        .podAt(address)
        .map(pod -> pod.name().toString())
        .orElse(address.toString());
  }

  private List<IpAddress> ready(ObjectName service) {
    List<IpAddress> addresses = new ArrayList<>();
    for (Endpoints endpoints : snapshot.cluster().endpoints().entries()) {
      if (endpoints.service().equals(service)) {
        endpoints.endpoints().stream()
            .filter(endpoint -> endpoint.ready().orElse(true))
            .map(Endpoints.Endpoint::address)
            .forEach(addresses::add);
      }
    }
    return addresses.stream().distinct().toList();
  }

  /** {@code HOSTNAME.SERVICE.NS.svc}: a pod of a StatefulSet has its own name as its host name. */
  private Answer podByHostname(DnsName name, Endpoint sender) throws QuestionFault {
    ObjectName pod = new ObjectName(name.labels().get(2), name.labels().get(0));
    ObjectName service = new ObjectName(name.labels().get(2), name.labels().get(1));
    Optional<Pod> known = snapshot.cluster().pod(pod);
    Optional<Service> behind = snapshot.cluster().service(service);
    boolean listed =
        known.stream().flatMap(one -> one.addresses().stream()).anyMatch(ready(service)::contains);
    if (behind.isEmpty() || !listed) {
      throw new QuestionFault(
          "%s stands for a pod %s behind the service %s, which the state doesn't show"
              .formatted(name, pod, service));
    }
    return new Answer(
        new Endpoint.Pod(pod, name.port()),
        Optional.of(premise(name, sender, "the address of pod " + pod, behind.get())));
  }

  /** {@code 10-0-1-5.NS.pod}. */
  private static Answer podByAddress(DnsName name, Endpoint sender) throws QuestionFault {
    String first = name.labels().getFirst();
    IpAddress address =
        IpAddress.parse(first.replace('-', '.'))
            .or(() -> IpAddress.parse(first.replace('-', ':')))
            .orElseThrow(() ->
                new QuestionFault(
                    "%s: %s is no address written with hyphens".formatted(name, first)));
    Assumption premise =
        new Assumption(
            "cluster DNS answers %s with %s".formatted(name, address), command(name, sender));
    return new Answer(new Endpoint.Address(address, name.port()), Optional.of(premise));
  }

  private static Assumption premise(DnsName name, Endpoint sender, String answer, Service service) {
    return new Assumption(
        "cluster DNS answers %s with %s".formatted(name, answer),
        command(name, sender),
        List.of(service.source()));
  }

  private static String command(DnsName name, Endpoint sender) {
    String asking = "nslookup " + name;
    return switch (sender) {
      case Endpoint.Pod pod ->
          "kubectl exec -n %s %s -- %s"
              .formatted(pod.name().namespace(), pod.name().name(), asking);
      case Endpoint.Node node -> Commands.in(NamespaceId.host(node.name()), asking);
      case Endpoint.Namespace namespace -> Commands.in(namespace.id(), asking);
      case Endpoint.Service service -> asking;
      case Endpoint.Address address -> asking;
    };
  }

  private static String texts(List<IpAddress> addresses) {
    return String.join(" and ", addresses.stream().map(IpAddress::toString).toList());
  }
}
