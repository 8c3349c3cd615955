package io.packetwalk.read.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.read.transcript.Wrappers.Unwrapped;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrappersTest {
  private static final Place HOST = new Place.Host("n1");

  private static Unwrapped unwrap(String command) {
    return Wrappers.unwrap(HOST, CommandLine.parse(command).stages().getFirst().words());
  }

  private static String shown(String command) {
    Unwrapped unwrapped = unwrap(command);
    return PlaceText.of(unwrapped.place()) + " | " + String.join(" ", unwrapped.words());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ip a; n1 | ip a",
        "sudo ip a; n1 | ip a",
        "sudo -E -u root ip a; n1 | ip a",
        "sudo -n -- ip a; n1 | ip a",
        "FOO=1 BAR=2 ip a; n1 | ip a",
        "env FOO=1 ip a; n1 | ip a",
        "time ip a; n1 | ip a",
        "timeout -s INT 5 tcpdump -i eth0; n1 | tcpdump -i eth0",
        "watch -n 1 'ip -s link'; n1 | ip -s link",
        "watch -n1 -d ip -s link; n1 | ip -s link",
        "/sbin/ip a; n1 | ip a",
        "bash -c 'ip route show'; n1 | ip route show",
        "sh -lc \"ip r\"; n1 | ip r",
        "chroot /host ip a; n1 | ip a",
        "ip vrf exec red ip route; n1 | ip route",
        "ip netns exec blue ip a; n1:blue | ip a",
        "sudo ip netns exec blue sudo ip a; n1:blue | ip a",
        "ip net e blue ip a; n1:blue | ip a",
        "ip -n blue -d link; n1:blue | ip -d link",
        "ip -netns blue route; n1:blue | ip route",
        "ip -d -n blue addr show; n1:blue | ip -d addr show",
        "nsenter -t 4711 -n ip a; n1:pid:4711 | ip a",
        "nsenter -n -t4711 ip a; n1:pid:4711 | ip a",
        "nsenter --target 4711 --net -- ip a; n1:pid:4711 | ip a",
        "nsenter -t 4711 -m ip a; n1 | ip a",
        "nsenter -t 1 -n ip a; n1 | ip a",
        "nsenter --net=/var/run/netns/blue ip a; n1:blue | ip a",
        "nsenter -n/proc/4711/ns/net ip a; n1:pid:4711 | ip a",
        "kubectl exec web -- ip a; pod/web | ip a",
        "kubectl exec -it web -n shop -c app -- ip a; pod/shop/web | ip a",
        "kubectl -n shop exec web -it -- ip a; pod/shop/web | ip a",
        "kubectl exec --namespace=shop pod/web -- ip a; pod/shop/web | ip a",
        "kubectl exec web -n shop ip a; pod/shop/web | ip a",
        "kubectl exec -it web ip a -n shop; pod/shop/web | ip a",
        "kubectl exec web arp -n; pod/web | arp -n",
        "kubectl exec -it web -n test ping 10.0.0.1 -c 1; pod/test/web | ping 10.0.0.1 -c 1",
        "k exec -nshop web -- ip a; pod/shop/web | ip a",
        "oc rsh -n shop web ip a; pod/shop/web | ip a",
        "microk8s kubectl exec web -- ip a; pod/web | ip a",
        "kubectl debug node/n2 -it --image=busybox -- chroot /host ip a; n2 | ip a",
        "kubectl node-shell n2 -- ip a; n2 | ip a",
        "docker exec -it web ip a; n1:container:web | ip a",
        "docker exec -u root -e A=b web ip a; n1:container:web | ip a",
        "crictl exec -i 3f2a ip a; n1:container:3f2a | ip a",
        "ctr -n k8s.io task exec --exec-id x web ip a; n1:container:web | ip a",
        "ssh n2 ip a; n2 | ip a",
        "ssh -i key -o A=b root@n2 'sudo ip -d a'; n2 | ip -d a",
        "ssh n2 sudo ip netns exec blue ip a; n2:blue | ip a",
        "docker exec kind-worker ip netns exec blue ip a; kind-worker:blue | ip a",
        "gcloud compute ssh w1 --zone us-central1-a --command 'sudo ip a'; w1 | ip a",
        "gcloud --project x compute ssh root@w1 -- ip a; w1 | ip a",
        "gcloud compute ssh --zone=us-central1-a w1 --command=ip\\ a; w1 | ip a",
        "lxc exec w1 -- ip -d a; w1 | ip -d a",
        "incus exec w1 --user 0 -- ip a; w1 | ip a",
        "multipass exec w1 -- sudo ip netns exec blue ip a; w1:blue | ip a",
        "vagrant ssh w1 -c 'sudo ip a'; w1 | ip a",
        "limactl shell w1 ip a; w1 | ip a",
        "pct exec 101 -- ip a; 101 | ip a",
        "lxc-attach -n w1 -- ip a; w1 | ip a",
        "docker-machine ssh w1 ip -d a; w1 | ip -d a",
        "minikube ssh -n minikube-m02 -- ip a; minikube-m02 | ip a",
        "minikube ssh -- ip a; minikube | ip a",
        "minikube -p two ssh 'sudo ip a'; minikube | ip a",
        "minikube kubectl -- get pods -A; n1 | kubectl get pods -A",
        "kubectl get pods -A; n1 | kubectl get pods -A",
        "k get pods -A; n1 | kubectl get pods -A",
        "ip route get 1.1.1.1; n1 | ip route get 1.1.1.1",
      })
  void a_command_is_taken_out_of_what_runs_it(String typed, String expected) {
    assertThat(shown(typed)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "kubectl exec -it web -- sh; pod/web",
        "kubectl exec -it web bash; pod/web",
        "docker exec -it web /bin/bash; n1:container:web",
        "ip netns exec blue bash; n1:blue",
        "sudo -i; n1",
        "su -; n1",
        "ssh n2; n2",
      })
  void a_shell_makes_its_place_that_of_what_is_typed_next(String typed, String place) {
    Unwrapped unwrapped = unwrap(typed);
    assertThat(unwrapped.interactive()).isTrue();
    assertThat(PlaceText.of(unwrapped.place())).isEqualTo(place);
  }

  @Test
  void wrappers_inside_one_another_end_somewhere() {
    Unwrapped unwrapped = unwrap("sudo ".repeat(500) + "ip a");
    assertThat(unwrapped.words()).contains("ip");
  }

  @Test
  void a_namespace_inside_a_pod_is_on_the_pods_machine() {
    Unwrapped unwrapped = unwrap("kubectl exec -n kube-system agent -- ip netns exec blue ip a");
    assertThat(unwrapped.place()).isEqualTo(new Place.Netns("pod/kube-system/agent", "blue"));
    assertThat(unwrapped.words()).isEqualTo(List.of("ip", "a"));
  }
}
