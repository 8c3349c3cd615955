package io.packetwalk.walk.engine;

import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.walk.openflow.TunnelMetadata;
import io.packetwalk.walk.topology.SwitchTunnelType;
import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.GeneveOption;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Stt;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vxlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The headers that a tunnel port puts on, from its options and from what the flows have set. */
record SwitchTunnelHeaders(SwitchPort port, SwitchTunnelType type, TunnelMetadata chosen) {
  private static final int DEFAULT_HOP_LIMIT = 64;
  private static final long LARGEST_VNI = 0xffffff;

  /** {@code Geneve 0}. */
  String name() {
    return name(type, key());
  }

  private static String name(SwitchTunnelType type, long key) {
    return switch (type) {
      case GENEVE -> "Geneve " + key;
      case VXLAN -> "VXLAN " + key;
      case GRE, IP6GRE -> "GRE key " + key;
      case STT -> "STT " + key;
    };
  }

  /** The port's own key, else the one that a flow has set ({@code tnl_port_send}). */
  private long key() {
    String option = port.options().getOrDefault("out_key", port.options().getOrDefault("key", "0"));
    return option.equals("flow") ? chosen.id() : number(option).orElse(0);
  }

  private boolean isKeyed() {
    return port.options().containsKey("key") || port.options().containsKey("out_key");
  }

  private static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.decode(text));
    } catch (NumberFormatException unreadable) {
      return OptionalLong.empty();
    }
  }

  Packet around(Packet frame, IpAddress source, IpAddress remote) {
    Packet inner = frame.within(tunnelHeader());
    int transportPort = type.transportPort(port);
    return switch (type) {
      case GENEVE, VXLAN ->
          inner
              .within(Udp.of(0, transportPort))
              .within(outer(frame, source, remote, IpProtocol.UDP).asLayer());
      case GRE, IP6GRE -> inner.within(outer(frame, source, remote, IpProtocol.GRE).asLayer());
      case STT ->
          inner
              .within(segment(Sizes.ofFrame(inner), transportPort))
              .within(outer(frame, source, remote, IpProtocol.TCP).asLayer());
    };
  }

  /**
   * A TCP header in form only: its sequence number is the frame's length, with the frame's header,
   * and the offset of this segment in it (draft-davie-stt, 3.1).
   */
  private static Tcp segment(int length, int transportPort) {
    return new Tcp(
        0,
        transportPort,
        length << 16,
        0,
        Tcp.ACK | Tcp.PSH,
        0xffff,
        0,
        Bytes.EMPTY,
        OptionalInt.empty());
  }

  private Layer tunnelHeader() {
    int vni = (int) (key() & LARGEST_VNI);
    return switch (type) {
      case GENEVE ->
          new Geneve(
              0,
              false,
              chosen.options().stream().anyMatch(GeneveOption::critical),
              EtherType.TRANSPARENT_ETHERNET_BRIDGING,
              vni,
              GeneveOption.bytes(chosen.options()));
      case VXLAN -> Vxlan.of(vni);
      // What network cards may do with the inner packet, and the segments' size, no table shows.
      case STT -> new Stt(0, 0, 0, 0, 0, 0, key(), 0);
      case GRE, IP6GRE ->
          new Gre(
              isChecked() ? Gre.CHECKSUM_PRESENT : 0,
              EtherType.TRANSPARENT_ETHERNET_BRIDGING,
              OptionalInt.empty(),
              isKeyed() ? OptionalLong.of(key()) : OptionalLong.empty(),
              OptionalLong.empty());
    };
  }

  private boolean isChecked() {
    return port.options().getOrDefault("csum", "false").equals("true");
  }

  private Ip outer(Packet frame, IpAddress source, IpAddress remote, int protocol) {
    Optional<Ip> inner = Headers.ip(frame);
    int hopLimit = chosen.ttl() > 0 ? chosen.ttl() : hopLimit(inner);
    if (source.isIpv6()) {
      return Ipv6.of(source, remote, protocol, hopLimit);
    }
    boolean whole = !port.options().getOrDefault("df_default", "true").equals("false");
    return TunnelEgress.withFragmentFlag(Ipv4.of(source, remote, protocol, hopLimit), whole);
  }

  private int hopLimit(Optional<Ip> inner) {
    String option = port.options().getOrDefault("ttl", "");
    return option.equals("inherit")
        ? inner.map(Ip::hopLimit).orElse(DEFAULT_HOP_LIMIT)
        : (int) number(option).orElse(DEFAULT_HOP_LIMIT);
  }

  /**
   * A tunnel's packet taken apart.
   *
   * @param transportPort that it came to; 0 without one
   * @param inner from its Ethernet header on
   */
  record Opened(SwitchTunnelType type, int transportPort, TunnelMetadata metadata, Packet inner) {
    String name() {
      return SwitchTunnelHeaders.name(type, metadata.id());
    }
  }

  /** Empty when the packet, from its IP header on, carries no Ethernet frame in a tunnel. */
  static Optional<Opened> open(Packet packet) {
    List<Layer> layers = packet.layers();
    if (layers.size() < 3 || !(layers.getFirst() instanceof Ip outer)) {
      return Optional.empty();
    }
    if (layers.get(1) instanceof Gre gre && layers.get(2) instanceof Ethernet) {
      SwitchTunnelType type =
          outer.source().isIpv4() ? SwitchTunnelType.GRE : SwitchTunnelType.IP6GRE;
      TunnelMetadata said = said(outer, gre.key().orElse(0), gre.key().isPresent(), List.of());
      return Optional.of(new Opened(type, 0, said, packet.without(2)));
    }
    boolean carriesFrame = layers.size() > 3 && layers.get(3) instanceof Ethernet;
    if (carriesFrame && layers.get(1) instanceof Tcp tcp && layers.get(2) instanceof Stt stt) {
      TunnelMetadata said = said(outer, stt.context(), true, List.of());
      return Optional.of(
          new Opened(SwitchTunnelType.STT, tcp.destinationPort(), said, packet.without(3)));
    }
    if (!carriesFrame || !(layers.get(1) instanceof Udp udp)) {
      return Optional.empty();
    }
    if (layers.get(2) instanceof Geneve geneve) {
      TunnelMetadata said =
          said(outer, geneve.vni(), true, new ArrayList<>(GeneveOption.of(geneve.options())));
      return Optional.of(
          new Opened(SwitchTunnelType.GENEVE, udp.destinationPort(), said, packet.without(3)));
    }
    return layers.get(2) instanceof Vxlan vxlan
        ? Optional.of(
            new Opened(
                SwitchTunnelType.VXLAN,
                udp.destinationPort(),
                said(outer, vxlan.vni(), true, List.of()),
                packet.without(3)))
        : Optional.empty();
  }

  private static TunnelMetadata said(
      Ip outer, long key, boolean keyed, List<GeneveOption> options) {
    return new TunnelMetadata(
        key,
        Optional.of(outer.source()),
        Optional.of(outer.destination()),
        keyed ? TunnelMetadata.KEY : 0,
        0,
        outer instanceof Ipv4 ipv4 ? ipv4.typeOfService() : 0,
        outer.hopLimit(),
        options);
  }
}
