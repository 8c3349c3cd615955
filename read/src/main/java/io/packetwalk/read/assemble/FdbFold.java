package io.packetwalk.read.assemble;

import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.FdbEntry;
import io.packetwalk.read.Fact;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The forwarding databases of one namespace as they become known, device by device or at once. */
final class FdbFold {
  private Listing<FdbEntry> listing = Listing.unknown();
  private final Map<String, Source> ofDevices = new TreeMap<>();

  private record Key(Object mac, String device, Object vlan, boolean self, Object remote) {
    static Object of(FdbEntry entry) {
      return new Key(entry.mac(), entry.device(), entry.vlan(), entry.self(), entry.remote());
    }
  }

  void fold(Fact.Fdb shown) {
    Optional<String> device = shown.ofDevice();
    boolean all = device.isEmpty() && shown.listing().isComplete();
    listing =
        ListingFold.covering(
            ListingFold.over(
                listing,
                shown.listing(),
                Key::of,
                entry -> device.isEmpty() || device.get().equals(entry.device()),
                (old, entry) -> entry),
            listing.isComplete() || all);
    if (device.isPresent() && shown.listing().isComplete()) {
      shown.listing().lastSeen().ifPresent(seenAt -> ofDevices.put(device.get(), seenAt));
    }
  }

  Listing<FdbEntry> listing() {
    return listing;
  }

  /** The devices that were listed on their own, wholly. */
  Map<String, Source> ofDevices() {
    return ofDevices;
  }
}
