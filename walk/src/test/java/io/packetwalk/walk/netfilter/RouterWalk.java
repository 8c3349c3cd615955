package io.packetwalk.walk.netfilter;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Walks packets through the hooks of the router, and says what comes out as its tool does. */
final class RouterWalk {
  /** The ports on which the router has a program that hears. */
  private static final Set<Integer> HEARD = Set.of(53, 80, 443, 8080, 9000, 22);

  private final Hooks hooks;

  RouterWalk(Hooks hooks) {
    this.hooks = hooks;
  }

  /** What becomes of a packet, way by way. */
  List<Passage> from(int end, Packet packet, Tracking tracking) {
    if (end == 2) {
      String device = RouterStack.device(destination(packet)).orElse("lo");
      InFlight starting = Namespace.starting(packet, device).withTracking(tracking);
      return onward(hooks.pass(Hook.OUTPUT, starting), this::leaving);
    }
    return arriving(Namespace.arriving(packet, "r" + end).withTracking(tracking));
  }

  private interface Next {
    List<Passage> of(InFlight packet);
  }

  private static List<Passage> onward(List<Passage> passages, Next next) {
    List<Passage> ends = new ArrayList<>();
    for (Passage passage : passages) {
      if (passage.ending().isPresent()) {
        ends.add(passage);
        continue;
      }
      for (Passage after : next.of(passage.after())) {
        List<Passage.Remark> remarks = new ArrayList<>(passage.remarks());
        remarks.addAll(after.remarks());
        ends.add(
            new Passage(
                passage.weight() * after.weight(),
                after.after(),
                after.ending(),
                remarks,
                after.reroutes(),
                after.assumptions()));
      }
    }
    return ends;
  }

  private List<Passage> arriving(InFlight packet) {
    return onward(
        hooks.pass(Hook.INGRESS, packet),
        taken -> onward(hooks.pass(Hook.PREROUTING, taken), this::routed));
  }

  private List<Passage> routed(InFlight packet) {
    IpAddress destination = destination(packet.packet());
    if (RouterStack.isOwn(destination)) {
      return hooks.pass(Hook.INPUT, packet);
    }
    Ip ip = Headers.ip(packet.packet());
    Packet lowered = packet.packet().replacing(ip.withHopLimit(ip.hopLimit() - 1).asLayer());
    InFlight forwarded =
        packet.withPacket(lowered).withOutput(RouterStack.device(destination).orElse("?"));
    return onward(
        hooks.pass(Hook.FORWARD, forwarded),
        after -> onward(hooks.pass(Hook.POSTROUTING, after), this::sent));
  }

  /** A packet that starts here is routed once more behind the rules; its own address loops. */
  private List<Passage> leaving(InFlight packet) {
    IpAddress destination = destination(packet.packet());
    boolean own = RouterStack.isOwn(destination);
    String device = own ? "lo" : RouterStack.device(destination).orElse("?");
    return onward(
        hooks.pass(Hook.POSTROUTING, packet.withOutput(device)),
        after -> own ? arriving(looped(after)) : sent(after));
  }

  private List<Passage> sent(InFlight packet) {
    return hooks.pass(Hook.EGRESS, packet);
  }

  private static InFlight looped(InFlight packet) {
    return new InFlight(
        packet.packet(),
        packet.mark(),
        java.util.Optional.of("lo"),
        java.util.Optional.empty(),
        packet.tracking());
  }

  private static IpAddress destination(Packet packet) {
    return Headers.ip(packet).destination();
  }

  static String said(Passage end) {
    if (end.ending().isPresent()) {
      Passage.Ending ending = end.ending().get();
      return switch (ending.verdict()) {
        case DROPPED -> "-";
        case REJECTED -> rejection(ending.reason());
        default -> "undetermined";
      };
    }
    Packet packet = end.after().packet();
    Ip ip = Headers.ip(packet);
    Tuple tuple = Headers.tuple(packet).orElseThrow();
    if (end.after().output().isEmpty()) {
      return ip.protocol() == IpProtocol.UDP && HEARD.contains(tuple.destinationPort())
          ? String.join(
              " ",
              "local",
              ip.source().toString(),
              Integer.toString(tuple.sourcePort()),
              Integer.toString(tuple.destinationPort()))
          : "inside";
    }
    int flags = Headers.tcpFlags(packet).orElse(Headers.icmpType(packet).orElse(0));
    return String.format(
        Locale.ROOT,
        "%s packet %d %s %d %s %d %d %d %d",
        end.after().output().orElse("").equals("r0") ? "0" : "1",
        ip.protocol(),
        ip.source(),
        tuple.sourcePort(),
        ip.destination(),
        tuple.destinationPort(),
        flags,
        ip.hopLimit(),
        ip.trafficClass());
  }

  private static String rejection(String reason) {
    String with = reason.substring(reason.indexOf("rejected with ") + 14).split("[, ]", 2)[0];
    return switch (with) {
      case "tcp-reset" -> "reset";
      case "icmp-net-unreachable" -> "error 3 0";
      case "icmp-host-unreachable" -> "error 3 1";
      case "icmp-port-unreachable" -> "error 3 3";
      case "icmp-host-prohibited" -> "error 3 10";
      case "icmp-admin-prohibited" -> "error 3 13";
      case "icmp6-no-route" -> "error 1 0";
      case "icmp6-adm-prohibited" -> "error 1 1";
      case "icmp6-addr-unreachable" -> "error 1 3";
      case "icmp6-port-unreachable" -> "error 1 4";
      default -> with;
    };
  }

  /** What the tool saw, in the same words. */
  static String observed(List<String> seen) {
    return switch (seen.size() < 2
        ? "-"
        : seen.getFirst().equals("local") ? "local" : seen.get(1)) {
      case "local" -> String.join(" ", seen);
      case "error" -> "error " + seen.get(3) + " " + seen.get(4);
      case "reset" -> "reset";
      case "packet" ->
          seen.getFirst() + " packet " + String.join(" ", seen.subList(3, seen.size()));
      default -> "-";
    };
  }
}
