package io.packetwalk.model.cluster;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The addresses behind a Service, from an Endpoints object or one endpoint slice.
 *
 * @param name the object's own name
 * @param service the Service that it belongs to
 * @param truncated whether the listing was shortened ({@code + 3 more...})
 */
public record Endpoints(
    ObjectName name,
    ObjectName service,
    List<Endpoint> endpoints,
    boolean truncated,
    Source source) {
  public Endpoints {
    endpoints = List.copyOf(endpoints);
  }

  /** One address and port; the port is empty when the listing doesn't pair it. */
  public record Endpoint(
      IpAddress address,
      OptionalInt port,
      Optional<String> portName,
      Optional<String> protocol,
      Optional<Boolean> ready,
      Optional<String> node) {}
}
