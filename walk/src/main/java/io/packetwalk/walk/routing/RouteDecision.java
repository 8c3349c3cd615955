package io.packetwalk.walk.routing;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.walk.Assumption;
import java.util.List;
import java.util.Optional;

/** What the routing tables say about a packet. */
public sealed interface RouteDecision {
  List<Assumption> assumptions();

  /** Whether there is no way: none was found, or what was found refuses the packet. */
  default boolean isWithoutWay() {
    return switch (this) {
      case Found found ->
          switch (found.route().type()) {
            case BLACKHOLE, UNREACHABLE, PROHIBIT -> true;
            case UNICAST, LOCAL, BROADCAST, MULTICAST, ANYCAST, THROW -> false;
          };
      case RefusedByRule refused -> true;
      case NoRoute none -> true;
      case OwnAddress own -> false;
      case Broadcast broadcast -> false;
      case Unknown unknown -> false;
    };
  }

  /**
   * A route was found.
   *
   * @param hops the next hops that may be taken; none for types that don't send
   * @param rule the policy rule that led to the table, when it was listed
   */
  record Found(
      Route route,
      String table,
      List<NextHop> hops,
      Optional<Source> rule,
      List<Assumption> assumptions)
      implements RouteDecision {
    public Found {
      hops = List.copyOf(hops);
      assumptions = List.copyOf(assumptions);
    }
  }

  /**
   * The destination is an address of this namespace, though nobody listed its table {@code local}.
   */
  record OwnAddress(LocalAddress address, List<Assumption> assumptions) implements RouteDecision {
    public OwnAddress {
      assumptions = List.copyOf(assumptions);
    }
  }

  /** The broadcast address of a subnet of this namespace. */
  record Broadcast(LocalAddress subnet, List<Assumption> assumptions) implements RouteDecision {}

  /** A policy rule ends the look-up by refusing. */
  record RefusedByRule(RouteType type, Source rule, List<Assumption> assumptions)
      implements RouteDecision {}

  /**
   * No table has a route.
   *
   * @param searched the command lines that showed the tables
   */
  record NoRoute(List<Source> searched, List<Assumption> assumptions) implements RouteDecision {
    public NoRoute {
      searched = List.copyOf(searched);
      assumptions = List.copyOf(assumptions);
    }
  }

  /** What decides isn't in the state. */
  record Unknown(Assumption missing, List<Assumption> assumptions) implements RouteDecision {
    public Unknown {
      assumptions = List.copyOf(assumptions);
    }
  }
}
