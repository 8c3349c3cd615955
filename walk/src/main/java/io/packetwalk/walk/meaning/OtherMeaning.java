package io.packetwalk.walk.meaning;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Whose chains these are, by the names that programs give to theirs. */
final class OtherMeaning {
  private static final Map<String, String> BY_PREFIX = byPrefix();

  private OtherMeaning() {}

  private static Map<String, String> byPrefix() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("CNI-HOSTPORT-MASQ", "the portmap plugin's masquerade of a host port");
    meanings.put("CNI-SN-", "the portmap plugin's masquerade of a host port");
    meanings.put("CNI-DN-", "a pod's hostPort, by the portmap plugin");
    meanings.put("CNI-HOSTPORT-DNAT", "a pod's hostPort, by the portmap plugin");
    meanings.put("CNI-", "the CNI plugin's ipMasq of a container's network");
    meanings.put("KUBE-HOSTPORTS", "a pod's hostPort, by kubelet");
    meanings.put("KUBE-HP-", "a pod's hostPort, by kubelet");
    meanings.put("FLANNEL-POSTRTG", "Flannel's masquerade of pods' addresses");
    meanings.put("FLANNEL-FWD", "Flannel lets its network through");
    meanings.put("KIND-MASQ-AGENT", "kindnet's masquerade of pods' addresses");
    meanings.put("IP-MASQ", "the masquerade agent");
    meanings.put("DOCKER-ISOLATION", "Docker keeps its networks apart");
    meanings.put("DOCKER-USER", "the operator's own rules among Docker's");
    meanings.put("DOCKER", "Docker's rules for its containers");
    meanings.put("ANTREA-", "Antrea's agent");
    meanings.put("WEAVE-NPC", "Weave's network policy");
    meanings.put("WEAVE", "Weave Net");
    meanings.put("KUBE-ROUTER", "kube-router");
    meanings.put("KUBE-PROXY-FIREWALL", "kube-proxy: the load balancer's source ranges");
    meanings.put("KUBE-FIREWALL", "kubelet's firewall");
    meanings.put("LIBVIRT_", "libvirt's virtual networks");
    meanings.put("ufw-", "ufw, the host's firewall");
    meanings.put("ufw6-", "ufw, the host's firewall");
    meanings.put("FWD_", "firewalld");
    meanings.put("FWDI_", "firewalld");
    meanings.put("FWDO_", "firewalld");
    meanings.put("IN_", "firewalld");
    meanings.put("POST_", "firewalld");
    meanings.put("PRE_", "firewalld");
    return meanings;
  }

  static Optional<Meaning> of(Decided decided) {
    return decided.path().reversed().stream()
        .flatMap(chain ->
            BY_PREFIX.entrySet().stream()
                .filter(known -> chain.startsWith(known.getKey()))
                .limit(1))
        .findFirst()
        .map(known -> known.getValue() + comment(decided))
        .map(Meaning::of);
  }

  private static String comment(Decided decided) {
    String comment = decided.rule().comment();
    return comment.isEmpty() ? "" : ", “" + comment + "”";
  }
}
