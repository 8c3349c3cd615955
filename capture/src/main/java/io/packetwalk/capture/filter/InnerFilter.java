package io.packetwalk.capture.filter;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.LayerKind;

/**
 * A filter on every layer of a packet, through all tunnels: {@code tcp and host 10.1.2.3 and port
 * 80}.
 *
 * <p>It knows {@code host}, {@code net}, {@code port} (with {@code src} or {@code dst} before
 * them), {@code vni}, names of protocols, {@code and}, {@code or}, {@code not} and parentheses.
 */
public final class InnerFilter implements FrameFilter {
  private final Condition condition;

  private InnerFilter(Condition condition) {
    this.condition = condition;
  }

  public static InnerFilter parse(String text) throws FilterSyntaxException {
    return new InnerFilter(new ConditionParser(text).parse());
  }

  @Override
  public boolean matches(LinkType link, Dissection dissection) {
    return holds(condition, dissection);
  }

  private static boolean holds(Condition condition, Dissection dissection) {
    return switch (condition) {
      case Condition.And and -> holds(and.first(), dissection) && holds(and.second(), dissection);
      case Condition.Or or -> holds(or.first(), dissection) || holds(or.second(), dissection);
      case Condition.Not not -> !holds(not.condition(), dissection);
      case Condition.Address _, Condition.Port _, Condition.Kind _, Condition.Vni _ ->
          holdsForSomeLayer(condition, dissection);
    };
  }

  private static boolean holdsForSomeLayer(Condition condition, Dissection dissection) {
    for (int layer = 0; layer < dissection.count(); layer++) {
      if (holdsFor(layer, condition, dissection)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holdsFor(int layer, Condition condition, Dissection dissection) {
    int at = dissection.offset(layer);
    LayerKind kind = dissection.kind(layer);
    return switch (condition) {
      case Condition.Address address -> isAddress(address, kind, at, dissection);
      case Condition.Port port -> isPort(port, kind, at, dissection);
      case Condition.Kind wanted -> wanted.kind() == kind;
      case Condition.Vni vni -> isVni(vni.number(), kind, at, dissection);
      case Condition.And _, Condition.Or _, Condition.Not _ -> false;
    };
  }

  private static boolean isVni(int number, LayerKind kind, int at, Dissection dissection) {
    boolean hasVni = kind == LayerKind.VXLAN || kind == LayerKind.GENEVE;
    return hasVni && dissection.intAt(at + 4) >>> 8 == number;
  }

  private static boolean isPort(
      Condition.Port port, LayerKind kind, int at, Dissection dissection) {
    boolean ported = kind == LayerKind.TCP || kind == LayerKind.UDP || kind == LayerKind.SCTP;
    return ported
        && ((port.side() != Condition.Side.DESTINATION && dissection.shortAt(at) == port.number())
            || (port.side() != Condition.Side.SOURCE
                && dissection.shortAt(at + 2) == port.number()));
  }

  private static boolean isAddress(
      Condition.Address wanted, LayerKind kind, int at, Dissection dissection) {
    return switch (kind) {
      case IPV4 -> isEnd(wanted, ipv4(dissection, at + 12), ipv4(dissection, at + 16));
      case ARP -> isEnd(wanted, ipv4(dissection, at + 14), ipv4(dissection, at + 24));
      case IPV6 -> isEnd(wanted, ipv6(dissection, at + 8), ipv6(dissection, at + 24));
      default -> false;
    };
  }

  private static boolean isEnd(Condition.Address wanted, IpAddress source, IpAddress destination) {
    return (wanted.side() != Condition.Side.DESTINATION && wanted.block().contains(source))
        || (wanted.side() != Condition.Side.SOURCE && wanted.block().contains(destination));
  }

  private static IpAddress ipv4(Dissection dissection, int at) {
    return IpAddress.ofIpv4(dissection.intAt(at));
  }

  private static IpAddress ipv6(Dissection dissection, int at) {
    return IpAddress.ofIpv6(dissection.longAt(at), dissection.longAt(at + 8));
  }
}
