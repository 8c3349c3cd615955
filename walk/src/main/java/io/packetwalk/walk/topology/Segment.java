package io.packetwalk.walk.topology;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.net.Device;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a broadcast out of a device reaches: the other end of its cable, and through
 * bridges the ends of their other ports' cables.
 *
 * @param endpoints where the broadcast enters an IP stack
 * @param closed whether that is everything there is; false where it leaves what the state shows
 */
public record Segment(List<Endpoint> endpoints, boolean closed) {
  private static final int MOST_ENDPOINTS = 4_096;

  public Segment {
    endpoints = List.copyOf(endpoints);
  }

  /** A device by which frames enter a stack. */
  public record Endpoint(NamespaceId namespace, String device) {}

  /** What is reached from this device outwards. */
  public static Segment from(World world, NamespaceId namespace, String device) {
    Explorer explorer = new Explorer(world);
    explorer.out(namespace, device);
    return new Segment(List.copyOf(explorer.endpoints), explorer.closed);
  }

  /** Follows a broadcast. */
  private static final class Explorer {
    private final World world;
    private final Set<Endpoint> endpoints = new LinkedHashSet<>();
    private final Set<Endpoint> sentFrom = new LinkedHashSet<>();
    private boolean closed = true;

    Explorer(World world) {
      this.world = world;
    }

    void out(NamespaceId namespace, String device) {
      if (!sentFrom.add(new Endpoint(namespace, device)) || sentFrom.size() > MOST_ENDPOINTS) {
        closed &= sentFrom.size() <= MOST_ENDPOINTS;
        return;
      }
      if (Bridges.isBridge(world.namespace(namespace), device)) {
        flood(namespace, device, Optional.empty());
        return;
      }
      switch (world.cabling().from(namespace, device)) {
        case Cable.To to -> in(to.namespace(), to.device());
        case Cable.Outside outside -> closed = false;
        case Cable.Unknown unknown -> closed = false;
      }
    }

    private void in(NamespaceId namespace, String device) {
      Optional<String> bridge = Bridges.bridgeOf(world.namespace(namespace), device);
      if (bridge.isPresent()) {
        endpoints.add(new Endpoint(namespace, bridge.get()));
        flood(namespace, bridge.get(), Optional.of(device));
        return;
      }
      boolean foreignMaster =
          world
              .namespace(namespace)
              .links()
              .device(device)
              .flatMap(Device::master)
              .filter(master -> !Bridges.isVrf(world.namespace(namespace), master))
              .isPresent();
      closed &= !foreignMaster;
      endpoints.add(new Endpoint(namespace, device));
    }

    private void flood(NamespaceId namespace, String bridge, Optional<String> except) {
      List<String> ports = new ArrayList<>(Bridges.portsOf(world.namespace(namespace), bridge));
      except.ifPresent(ports::remove);
      closed &= Bridges.arePortsKnown(world.namespace(namespace));
      ports.forEach(port -> out(namespace, port));
    }
  }
}
