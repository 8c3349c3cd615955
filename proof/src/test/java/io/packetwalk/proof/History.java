package io.packetwalk.proof;

import io.packetwalk.model.Listing;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Walk;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.decode.Decoder;
import io.packetwalk.wire.layer.Ethernet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What earlier probes left behind that a state listed before them can't show, and that a single
 * walk doesn't know.
 */
record History(Snapshot snapshot, Truth truth, Truth.Probe probe) {
  private static final Pattern DESTINATIONS =
      Pattern.compile("eth\\.dst=([0-9a-f:]+) ≠ eth\\.dst=([0-9a-f:]+)");

  /** The result, undetermined instead of wrong where earlier probes explain the difference. */
  Comparison.Result excuse(Walk walk, Comparison.Result result) {
    if (isUnanswered(walk) && wasNeighbourLearnt()) {
      return undetermined("an earlier probe made the neighbour known: " + result.detail());
    }
    if (isToldByWhoAsked(walk) && wasNeighbourLearnt()) {
      return undetermined(
          "an earlier probe made the question needless that would have told of its sender: "
              + result.detail());
    }
    if (isOtherOfOneStack(result.detail())) {
      return undetermined(
          "two devices of one stack answer, and either may be first: " + result.detail());
    }
    return result;
  }

  /**
   * Whether the frame is for another device of the stack that was predicted: a macvlan device and
   * the one below both answer for an address (arp_process).
   */
  private boolean isOtherOfOneStack(String detail) {
    Matcher macs = DESTINATIONS.matcher(detail);
    return macs.find()
        && snapshot.namespaces().values().stream()
            .map(namespace -> namespace.links().devices())
            .anyMatch(devices ->
                devices.stream().anyMatch(device -> device.kind() instanceof DeviceKind.Macvlan)
                    && hasMac(devices, macs.group(1))
                    && hasMac(devices, macs.group(2)));
  }

  private static boolean hasMac(Listing<Device> devices, String mac) {
    return devices.stream()
        .anyMatch(device -> device.mac().map(MacAddress::toString).filter(mac::equals).isPresent());
  }

  private static boolean isUnanswered(Walk walk) {
    return branches(walk)
        .anyMatch(branch ->
            branch.reason().contains("or answers for it")
                || branch.reason().contains(" drops ARP at "));
  }

  private static boolean isToldByWhoAsked(Walk walk) {
    return branches(walk)
        .flatMap(branch -> branch.steps().stream())
        .anyMatch(step -> step.decision().endsWith("as it said when it asked"));
  }

  private static Stream<Branch> branches(Walk walk) {
    return walk.directions().flatMap(direction -> direction.branches().stream());
  }

  private static Comparison.Result undetermined(String detail) {
    return new Comparison.Result(Comparison.Agreement.UNDETERMINED, detail);
  }

  /**
   * Whether a frame of this probe went to an address that an earlier frame at the device was from
   * or to.
   */
  private boolean wasNeighbourLearnt() {
    return probe.seen().stream()
        .anyMatch(now ->
            ethernet(now)
                .map(Ethernet::destination)
                .filter(neighbour -> wasHeard(now, neighbour))
                .isPresent());
  }

  /** An entry may come of a question that the neighbour itself asked a moment before. */
  private boolean wasHeard(Truth.Seen now, MacAddress neighbour) {
    boolean asked =
        truth.heard().stream()
            .anyMatch(other ->
                other.where().equals(now.where())
                    && other.mac().equals(neighbour.toString())
                    && other.time() <= now.time());
    return asked || wasSeen(now, neighbour);
  }

  private boolean wasSeen(Truth.Seen now, MacAddress neighbour) {
    return truth.before(probe).stream()
        .flatMap(other -> other.seen().stream())
        .filter(before -> before.where().equals(now.where()))
        .flatMap(before -> ethernet(before).stream())
        .anyMatch(
            frame -> frame.source().equals(neighbour) || frame.destination().equals(neighbour));
  }

  private static Optional<Ethernet> ethernet(Truth.Seen seen) {
    return new Decoder().decode(LinkType.ETHERNET, seen.headers(), 65535).packet().outermost()
            instanceof Ethernet link
        ? Optional.of(link)
        : Optional.empty();
  }
}
