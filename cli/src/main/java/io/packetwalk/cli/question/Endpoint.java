package io.packetwalk.cli.question;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;

/** One end of a question, as a person names it. */
public sealed interface Endpoint {
  /** {@code pod/NS/NAME} or {@code NS/NAME}, with a port where the packet goes to one. */
  record Pod(ObjectName name, Optional<String> port) implements Endpoint {}

  /** {@code svc/NS/NAME}, with one of its ports by number or name. */
  record Service(ObjectName name, Optional<String> port) implements Endpoint {}

  /** {@code node/NAME}. */
  record Node(String name, Optional<String> port) implements Endpoint {}

  /** {@code NODE:NETNS}. */
  record Namespace(NamespaceId id) implements Endpoint {}

  /** {@code 10.1.2.3}, {@code 10.1.2.3:80}, {@code 2001:db8::1} or {@code [2001:db8::1]:80}. */
  record Address(IpAddress address, Optional<String> port) implements Endpoint {}

  /** What was written after the end itself; a number, or the name of a Service's port. */
  default Optional<String> port() {
    return switch (this) {
      case Pod pod -> pod.port;
      case Service service -> service.port;
      case Node node -> node.port;
      case Namespace namespace -> Optional.empty();
      case Address address -> address.port;
    };
  }

  /**
   * Says of a text that it is none of the forms above.
   *
   * @param alike the pods that may be meant
   */
  static QuestionFault fault(String text, List<String> alike) {
    String meant = alike.isEmpty() ? "" : "; is it " + Suggestions.some(alike) + "?";
    return new QuestionFault(
        "'%s' names no end of a packet's way; an end is NS/POD, pod/NS/POD[:PORT], ".formatted(text)
            + "svc/NS/NAME[:PORT], node/NAME, NODE:NETNS, ADDRESS[:PORT] or [IPV6]:PORT, "
            + "and TO may be a name of cluster DNS: NAME.NS[.svc.DOMAIN][:PORT]"
            + meant);
  }
}
