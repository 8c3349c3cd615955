package io.packetwalk.read.kubernetes;

import io.packetwalk.model.cluster.Endpoints.Endpoint;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.read.command.Tokens;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The endpoints of a table's cell: {@code 10.1.0.2:80,[fd00::2]:80 + 3 more...}.
 *
 * @param truncated whether the cell says that there are more
 */
record EndpointText(List<Endpoint> endpoints, boolean truncated) {
  private static final Pattern MORE = Pattern.compile("\\s*\\+ \\d+ more\\.{3}.*");
  private static final Pattern GENERATED = Pattern.compile("(.+)-[a-z0-9]{5}");

  EndpointText {
    endpoints = List.copyOf(endpoints);
  }

  static EndpointText of(String cell) {
    Matcher more = MORE.matcher(cell);
    boolean truncated = more.find();
    List<Endpoint> endpoints = new ArrayList<>();
    for (String text : (truncated ? cell.substring(0, more.start()) : cell).split(",", -1)) {
      int colon = text.lastIndexOf(':');
      boolean ported = colon > 0 && (text.indexOf(':') == colon || text.charAt(0) == '[');
      String address = ported ? text.substring(0, colon) : text;
      OptionalInt port = ported ? Tokens.number(text.substring(colon + 1)) : OptionalInt.empty();
      parse(address).ifPresent(known -> endpoints.add(endpoint(known, port)));
    }
    return new EndpointText(endpoints, truncated);
  }

  /** A slice's cell: every address has every port. */
  static EndpointText ofSlice(String cell, List<String> ports) {
    EndpointText addresses = of(cell);
    List<OptionalInt> numbers = ports.stream().map(Tokens::number).toList();
    List<Endpoint> endpoints = new ArrayList<>();
    for (Endpoint each : addresses.endpoints()) {
      if (numbers.isEmpty()) {
        endpoints.add(each);
      }
      numbers.forEach(port -> endpoints.add(endpoint(each.address(), port)));
    }
    boolean truncated =
        addresses.truncated() || ports.stream().anyMatch(port -> port.contains("more"));
    return new EndpointText(endpoints, truncated);
  }

  /** The Service of a slice whose label isn't shown: its name without the generated end. */
  static ObjectName serviceOf(ObjectName slice) {
    Matcher generated = GENERATED.matcher(slice.name());
    return generated.matches() ? new ObjectName(slice.namespace(), generated.group(1)) : slice;
  }

  private static Optional<IpAddress> parse(String text) {
    return IpAddress.parse(text.strip().replace("[", "").replace("]", ""));
  }

  private static Endpoint endpoint(IpAddress address, OptionalInt port) {
    return new Endpoint(
        address, port, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
