package io.packetwalk.read.assemble;

import io.packetwalk.model.Appearance;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.LinkState;
import io.packetwalk.read.Fact;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The devices and addresses of one namespace as they become known. */
final class DeviceFold {
  private Listing<Device> devices = Listing.unknown();
  private Listing<InterfaceAddress> addresses = Listing.unknown();
  private final Map<String, Appearance> appearances = new TreeMap<>();
  private final Set<IpFamily> completeFamilies = EnumSet.noneOf(IpFamily.class);

  private record AddressKey(String device, IpAddress address, int prefixLength) {
    static Object of(InterfaceAddress address) {
      return new AddressKey(address.device(), address.address(), address.prefixLength());
    }
  }

  void devices(Fact.Devices shown) {
    noteAppearances(shown.listing());
    boolean complete = devices.isComplete() || shown.listing().isComplete();
    devices =
        ListingFold.covering(
            ListingFold.over(
                devices,
                shown.listing(),
                Device::name,
                device -> true,
                (earlier, later) -> merge(earlier, later, shown.everyAttribute())),
            complete);
    if (shown.listing().isComplete()) {
      forgetAddressesOfGoneDevices();
    }
  }

  /** The same command, given again, lists a device that it hadn't listed before. */
  private void noteAppearances(Listing<Device> shown) {
    Optional<Source> before =
        shown.lastSeen().flatMap(now -> Repetition.earlier(devices.seenAt(), now));
    before.ifPresent(seen ->
        shown.stream()
            .filter(device -> !has(device.name()))
            .forEach(
                device -> appearances.put(device.name(), new Appearance(seen, device.source()))));
  }

  Map<String, Appearance> appearances() {
    return appearances;
  }

  private void forgetAddressesOfGoneDevices() {
    addresses =
        addresses.isUnknown()
            ? addresses
            : new Listing<>(
                addresses.coverage(),
                addresses.stream().filter(address -> has(address.device())).toList(),
                addresses.seenAt());
  }

  private boolean has(String device) {
    return devices.first(known -> known.name().equals(device)).isPresent();
  }

  void addresses(Fact.Addresses shown) {
    fold(
        shown.listing(),
        shown.family(),
        device -> shown.ofDevice().filter(name -> !name.equals(device)).isEmpty());
    if (shown.listing().isComplete() && shown.ofDevice().isEmpty()) {
      completeFamilies.addAll(
          shown.family().<Set<IpFamily>>map(EnumSet::of).orElse(EnumSet.allOf(IpFamily.class)));
    }
    cover();
  }

  void addresses(Fact.AddressesOfDevices shown) {
    fold(shown.listing(), shown.family(), shown.devices()::contains);
    cover();
  }

  private void fold(
      Listing<InterfaceAddress> shown, Optional<IpFamily> family, Predicate<String> isShown) {
    addresses =
        ListingFold.over(
            addresses,
            shown,
            AddressKey::of,
            address ->
                family.filter(asked -> asked != address.address().family()).isEmpty()
                    && isShown.test(address.device()),
            (earlier, later) -> later);
  }

  private void cover() {
    addresses =
        ListingFold.covering(addresses, completeFamilies.size() == IpFamily.values().length);
  }

  Listing<Device> devices() {
    return devices;
  }

  Listing<InterfaceAddress> addresses() {
    return addresses;
  }

  /** One device of two outputs: what the later one shows counts. */
  private static Device merge(Device earlier, Device later, boolean everyAttribute) {
    boolean another =
        earlier.index().isPresent()
            && later.index().isPresent()
            && !earlier.index().equals(later.index());
    if (another) {
      return later;
    }
    boolean keepKind =
        !later.kindShown() && (earlier.kindShown() || later.kind() instanceof DeviceKind.Ethernet);
    boolean keepState = later.state() == LinkState.UNKNOWN && !everyAttribute;
    return new Device(
        later.name(),
        or(later.index(), earlier.index()),
        everyAttribute ? later.peerIndex() : or(later.peerIndex(), earlier.peerIndex()),
        everyAttribute ? later.lower() : later.lower().or(earlier::lower),
        everyAttribute ? later.peerNamespace() : later.peerNamespace().or(earlier::peerNamespace),
        later.flagsKnown() ? later.flags() : earlier.flags(),
        later.flagsKnown() || earlier.flagsKnown(),
        or(later.mtu(), earlier.mtu()),
        keepState ? earlier.state() : later.state(),
        later.mac().or(earlier::mac),
        everyAttribute ? later.master() : or(later.master(), earlier.master()),
        keepKind ? earlier.kind() : later.kind(),
        keepKind ? earlier.kindShown() : later.kindShown(),
        later.source());
  }

  private static OptionalInt or(OptionalInt later, OptionalInt earlier) {
    return later.isPresent() ? later : earlier;
  }

  private static Optional<String> or(Optional<String> later, Optional<String> earlier) {
    return later.isPresent() ? later : earlier;
  }
}
