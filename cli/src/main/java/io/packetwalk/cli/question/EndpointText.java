package io.packetwalk.cli.question;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;

/** The forms in which people write an {@link Endpoint}. */
final class EndpointText {
  private EndpointText() {}

  static Optional<Endpoint> parse(String text) {
    return address(text).or(() -> object(text)).or(() -> namespace(text));
  }

  private static Optional<Endpoint> address(String text) {
    Optional<IpAddress> plain = IpAddress.parse(text);
    if (plain.isPresent()) {
      return Optional.of(new Endpoint.Address(plain.get(), Optional.empty()));
    }
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      return end < 0 ? Optional.empty() : address(text.substring(1, end), text.substring(end + 1));
    }
    int colon = text.indexOf(':');
    return colon < 0 ? Optional.empty() : address(text.substring(0, colon), text.substring(colon));
  }

  private static Optional<Endpoint> address(String address, String behind) {
    boolean plain = behind.isEmpty();
    if (!plain && (behind.charAt(0) != ':' || behind.length() == 1)) {
      return Optional.empty();
    }
    Optional<String> port = plain ? Optional.empty() : Optional.of(behind.substring(1));
    return IpAddress.parse(address).map(known -> new Endpoint.Address(known, port));
  }

  private static Optional<Endpoint> object(String text) {
    int colon = text.indexOf(':');
    boolean objectBeforeColon = text.substring(0, colon < 0 ? text.length() : colon).contains("/");
    if (!objectBeforeColon || colon == text.length() - 1) {
      return Optional.empty();
    }
    Optional<String> port = colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
    List<String> parts =
        List.of(text.substring(0, colon < 0 ? text.length() : colon).split("/", -1));
    return parts.contains("") ? Optional.empty() : object(parts, port);
  }

  private static Optional<Endpoint> object(List<String> parts, Optional<String> port) {
    return switch (parts.getFirst()) {
      case "pod", "pods", "po" -> named(parts).map(name -> new Endpoint.Pod(name, port));
      case "svc", "service", "services" ->
          named(parts).map(name -> new Endpoint.Service(name, port));
      case "node", "nodes", "no" ->
          parts.size() == 2
              ? Optional.of(new Endpoint.Node(parts.getLast(), port))
              : Optional.empty();
      default ->
          parts.size() == 2
              ? Optional.of(
                  new Endpoint.Pod(new ObjectName(parts.getFirst(), parts.getLast()), port))
              : Optional.empty();
    };
  }

  /** The name in {@code KIND/NS/NAME}. */
  private static Optional<ObjectName> named(List<String> parts) {
    return parts.size() == 3
        ? Optional.of(new ObjectName(parts.get(1), parts.get(2)))
        : Optional.empty();
  }

  private static Optional<Endpoint> namespace(String text) {
    int colon = text.indexOf(':');
    boolean named = colon > 0 && colon < text.length() - 1 && !text.startsWith("[");
    return named
        ? Optional.of(
            new Endpoint.Namespace(
                new NamespaceId(text.substring(0, colon), text.substring(colon + 1))))
        : Optional.empty();
  }
}
