package io.packetwalk.correlate.place;

import io.packetwalk.capture.tap.CaptureFile;
import io.packetwalk.capture.tap.Tap;
import io.packetwalk.capture.tap.Tap.Placement;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The devices of a state, each with how well it fits what a capture shows. */
final class Candidates {
  /** The share of the frames that must be a device's own. */
  private static final double ENOUGH = 0.97;

  /** Enough where the file's name agrees. */
  private static final double HALF = 0.5;

  /** How much better than the next one the best must be. */
  private static final double MARGIN = 0.1;

  private static final double NODE_NAMED = 0.3;
  private static final double NAMESPACE_NAMED = 0.3;
  private static final double DEVICE_NAMED = 0.2;

  private final Snapshot snapshot;

  Candidates(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * A device, or of a capture of all devices a namespace.
   *
   * @param share how much of the frames is its own, from 0 to 1
   * @param score the same, and what the file's name adds
   * @param isNamed whether the file's name has the device's in it
   */
  private record Candidate(
      NamespaceId place, String device, double share, double score, boolean isNamed) {}

  /** The place that fits best, when none fits nearly as well. */
  Optional<Tap> best(Clues clues, CaptureFile file) {
    List<Candidate> candidates = new ArrayList<>();
    snapshot
        .namespaces()
        .forEach((place, namespace) -> {
          if (clues.isLinked()) {
            devices(place, namespace, clues, file, candidates);
          } else {
            whole(place, namespace, clues, file, candidates);
          }
        });
    List<Candidate> fitting =
        candidates.stream()
            .filter(candidate -> candidate.share >= (candidate.isNamed ? HALF : ENOUGH))
            .sorted(Comparator.comparingDouble((Candidate one) -> one.score).reversed())
            .toList();
    List<Candidate> best =
        fitting.stream()
            .filter(one -> fitting.getFirst().score - one.score < MARGIN - 1e-9)
            .toList();
    return best.size() == 2 && isCable(best.getFirst(), best.getLast())
        ? best.stream().filter(one -> !one.place.isHost()).findFirst().map(one -> tap(one, file))
        : Optional.of(best).filter(one -> one.size() == 1).map(one -> tap(one.getFirst(), file));
  }

  /** Whether these are the ends of one pod's cable, at which the same frames are seen. */
  private boolean isCable(Candidate first, Candidate second) {
    Candidate node = first.place.isHost() ? first : second;
    Candidate pod = first.place.isHost() ? second : first;
    Optional<Device> end = snapshot.namespace(node.place).links().device(node.device);
    Optional<Device> other = snapshot.namespace(pod.place).links().device(pod.device);
    return node.place.node().equals(pod.place.node())
        && end.isPresent()
        && other.isPresent()
        && end.get().index().isPresent()
        && end.get().index().equals(other.get().peerIndex())
        && other.get().index().equals(end.get().peerIndex());
  }

  private static Tap tap(Candidate best, CaptureFile file) {
    return new Tap(best.place, best.device, Placement.GUESS, file.shown());
  }

  /** The node's end of a pod's cable. */
  Optional<Tap> otherEnd(Tap pod) {
    NamespaceId node = NamespaceId.host(pod.place().node());
    Optional<Device> end = snapshot.namespace(pod.place()).links().device(pod.device());
    if (pod.place().isHost() || end.isEmpty() || end.get().peerIndex().isEmpty()) {
      return Optional.empty();
    }
    return snapshot
        .namespace(node)
        .links()
        .devices()
        .first(other ->
            other.index().equals(end.get().peerIndex())
                && other.peerIndex().equals(end.get().index()))
        .map(other -> new Tap(node, other.name(), Placement.GUESS, ""));
  }

  Optional<MacAddress> mac(Tap tap) {
    return snapshot.namespace(tap.place()).links().device(tap.device()).flatMap(Device::mac);
  }

  private void devices(
      NamespaceId place,
      NetworkNamespace namespace,
      Clues clues,
      CaptureFile file,
      List<Candidate> candidates) {
    namespace.links().devices().stream()
        .filter(device -> !device.name().equals("lo"))
        .forEach(device -> {
          double own = device.mac().map(clues::share).orElse(0.0);
          double peer = peerMac(place, device).map(clues::share).orElse(0.0);
          double share = peerMac(place, device).isPresent() ? peer : own;
          add(place, device.name(), share, file, candidates);
        });
  }

  /**
   * The address of a pod's end of its cable, with which everything goes through the node's end; the
   * node's end may be a bridge's port, or one of many with the same address.
   */
  private Optional<MacAddress> peerMac(NamespaceId place, Device device) {
    if (!place.isHost() || device.peerIndex().isEmpty() || device.index().isEmpty()) {
      return Optional.empty();
    }
    return snapshot.namespaces().entrySet().stream()
        .filter(entry -> entry.getKey().node().equals(place.node()))
        .filter(entry -> !entry.getKey().equals(place))
        .flatMap(entry -> entry.getValue().links().devices().stream())
        .filter(other -> other.index().equals(device.peerIndex()))
        .filter(other -> other.peerIndex().equals(device.index()))
        .findFirst()
        .flatMap(Device::mac);
  }

  /** A namespace, by the addresses that it has and by the devices that it sends from. */
  private void whole(
      NamespaceId place,
      NetworkNamespace namespace,
      Clues clues,
      CaptureFile file,
      List<Candidate> candidates) {
    int sent = clues.senders().values().stream().mapToInt(Integer::intValue).sum();
    if (sent > 0) {
      int own =
          clues.senders().entrySet().stream()
              .filter(entry -> has(namespace, entry.getKey()))
              .mapToInt(java.util.Map.Entry::getValue)
              .sum();
      add(place, "any", (double) own / sent, file, candidates);
      return;
    }
    if (clues.isCooked()) {
      add(place, "any", clues.share(addresses(namespace)), file, candidates);
      return;
    }
    double share = clues.share(addressesOn(place.node()));
    namespace.links().devices().stream()
        .filter(device -> device.kind() instanceof DeviceKind.IpTunnel)
        .forEach(device -> add(place, device.name(), share, file, candidates));
  }

  private static Set<IpAddress> addresses(NetworkNamespace namespace) {
    return namespace.links().addresses().stream()
        .map(InterfaceAddress::address)
        .filter(address -> !address.isLoopback())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What goes through a node's tunnel is its pods'. */
  private Set<IpAddress> addressesOn(String node) {
    Set<IpAddress> all = new LinkedHashSet<>();
    snapshot
        .namespaces()
        .forEach((place, namespace) -> {
          if (place.node().equals(node)) {
            all.addAll(addresses(namespace));
          }
        });
    return all;
  }

  private static boolean has(NetworkNamespace namespace, Clues.Sender sender) {
    return namespace.links().devices().stream()
        .anyMatch(device ->
            device.index().equals(OptionalInt.of(sender.index()))
                && device.mac().equals(Optional.of(sender.mac())));
  }

  private void add(
      NamespaceId place, String device, double share, CaptureFile file, List<Candidate> to) {
    String name = file.shown();
    double score = share;
    score += name.contains(place.node()) ? NODE_NAMED : 0;
    score += !place.isHost() && isNamed(place, name) ? NAMESPACE_NAMED : 0;
    boolean named = words(name).contains(device);
    score += named ? DEVICE_NAMED : 0;
    to.add(new Candidate(place, device, share, score, named));
  }

  private boolean isNamed(NamespaceId place, String name) {
    return name.contains(place.name())
        || snapshot.podOf(place).filter(pod -> name.contains(pod.name())).isPresent();
  }

  private static List<String> words(String name) {
    return List.of(name.split("[/_:=\\s]+|\\.pcap.*|-(?=[a-z])"));
  }
}
