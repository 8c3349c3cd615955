package io.packetwalk.walk.engine;

import io.packetwalk.model.Listing;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.Socket;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.routing.Vrfs;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether a program waits for what is delivered (the kernel's __inet_lookup_listener,
 * __udp4_lib_lookup and their twins for IPv6).
 */
final class Listeners {
  /** Who takes a packet. */
  sealed interface Finding {}

  /** This socket. */
  record Taken(Socket socket) implements Finding {}

  /** Nobody: every socket was listed, and none fits. */
  record Refused(Notice notice) implements Finding {}

  /** A setting decides that the state doesn't show. */
  record Open(Assumption missing) implements Finding {}

  /** The state doesn't show it, or no socket is needed. */
  record NotShown() implements Finding {}

  private Listeners() {}

  static Finding of(Stack stack, InFlight packet) {
    Ip header = Headers.ip(packet);
    int port = port(packet);
    Listing<Socket> sockets = stack.namespace().sockets();
    OptionalInt intercepted = packet.arrival().interceptedAt();
    if (intercepted.isPresent()) {
      return waiting(stack, header, Optional.empty(), intercepted.getAsInt())
          .<Finding>map(Taken::new)
          .orElseGet(NotShown::new);
    }
    if (port < 0 || sockets.isUnknown() || !isOneMachine(header.destination())) {
      return new NotShown();
    }
    Optional<Socket> taker =
        sockets.first(socket -> takes(socket, header, port, stack, packet.input()));
    if (taker.isPresent()) {
      return taken(taker.get(), header, stack, packet);
    }
    return sockets.isComplete() && isBeginning(packet)
        ? new Refused(notice(header))
        : new NotShown();
  }

  /**
   * Whether a socket waits at a port that a rule names (nf_tproxy_get_sock_v4). Where it names no
   * address, the socket has to wait at one of the device that the packet came in by.
   */
  static Optional<Boolean> waits(
      Stack stack, InFlight packet, Optional<IpAddress> address, int port) {
    Listing<Socket> sockets = stack.namespace().sockets();
    if (waiting(stack, Headers.ip(packet), address, port)
        .filter(socket -> address.isPresent() || socket.address().isEmpty())
        .isPresent()) {
      return Optional.of(true);
    }
    boolean nowhere = waiting(stack, Headers.ip(packet), Optional.empty(), port).isEmpty();
    return nowhere && sockets.isComplete() ? Optional.of(false) : Optional.empty();
  }

  private static Optional<Socket> waiting(
      Stack stack, Ip header, Optional<IpAddress> address, int port) {
    return stack
        .namespace()
        .sockets()
        .first(socket ->
            socket.protocol() == header.protocol()
                && socket.port() == port
                && address.map(wanted -> takesAddress(socket, wanted)).orElse(true));
  }

  /**
   * A socket that is bound to no device takes what a VRF got only where a setting says so
   * (inet_bound_dev_eq); one that is bound to the VRF is asked first.
   */
  private static Finding taken(Socket taker, Ip header, Stack stack, InFlight packet) {
    boolean open = taker.device().isEmpty();
    Optional<String> vrf = packet.input().filter(device -> Vrfs.isVrf(stack, device));
    if (!open || vrf.isEmpty()) {
      return new Taken(taker);
    }
    Optional<Socket> bound =
        stack
            .namespace()
            .sockets()
            .first(socket ->
                socket.device().isPresent()
                    && takes(socket, header, taker.port(), stack, packet.input()));
    if (bound.isPresent()) {
      return new Taken(bound.get());
    }
    String setting = (header.protocol() == IpProtocol.TCP ? "tcp" : "udp") + "_l3mdev_accept";
    Optional<Integer> accepts = stack.number("net/ipv4/" + setting);
    if (accepts.isEmpty()) {
      return new Open(
          new Assumption(
              "whether sockets of "
                  + stack.id()
                  + " that are bound to no device take what "
                  + vrf.get()
                  + " gets isn't in the state",
              Commands.in(stack.id(), "sysctl net.ipv4." + setting),
              List.of(taker.source())));
    }
    return accepts.get() != 0
        ? new Taken(taker)
        : isBeginning(packet) ? new Refused(notice(header)) : new NotShown();
  }

  private static boolean isOneMachine(IpAddress address) {
    return !address.isMulticast() && !address.isLimitedBroadcast();
  }

  /** The port that a socket would have to wait at; negative where no socket decides. */
  private static int port(InFlight packet) {
    return switch (transport(packet)) {
      case Tcp tcp -> tcp.destinationPort();
      case Udp udp -> udp.destinationPort();
      default -> -1;
    };
  }

  private static Layer transport(InFlight packet) {
    return packet.packet().layers().size() > 1
        ? packet.packet().layers().get(1)
        : packet.packet().outermost();
  }

  /** What isn't a connection's first segment may belong to a socket that doesn't wait. */
  private static boolean isBeginning(InFlight packet) {
    return !(transport(packet) instanceof Tcp tcp) || (tcp.has(Tcp.SYN) && !tcp.has(Tcp.ACK));
  }

  private static Notice notice(Ip header) {
    return header.protocol() == IpProtocol.TCP
        ? new Notice.Reset()
        : Notice.portUnreachable(header.destination().family());
  }

  private static boolean takes(
      Socket socket, Ip header, int port, Stack stack, Optional<String> input) {
    return socket.protocol() == header.protocol()
        && socket.port() == port
        && takesAddress(socket, header.destination())
        && socket.device().map(device -> isDevice(stack, device, input)).orElse(true);
  }

  private static boolean takesAddress(Socket socket, IpAddress destination) {
    boolean family = destination.isIpv6() ? socket.ipv6() : !socket.ipv6() || socket.bothFamilies();
    return socket
        .address()
        .map(address -> address.equals(destination) || isMapped(address, destination))
        .orElse(family);
  }

  /** {@code ::ffff:10.1.2.3} waits at 10.1.2.3 (RFC 4291, 2.5.5.2). */
  private static boolean isMapped(IpAddress address, IpAddress destination) {
    return destination.isIpv4()
        && address.isIpv6()
        && address.high() == 0
        && address.low() == (0xffff_0000_0000L | (destination.lowInt() & 0xffff_ffffL));
  }

  /** A socket bound to a VRF takes what comes in by its members. */
  private static boolean isDevice(Stack stack, String bound, Optional<String> input) {
    return input.filter(bound::equals).isPresent()
        || input
            .flatMap(stack::device)
            .flatMap(Device::master)
            .filter(bound::equals)
            .flatMap(stack::device)
            .filter(master -> master.kind() instanceof DeviceKind.Vrf)
            .isPresent();
  }
}
