package io.packetwalk.walk.netfilter;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.netfilter.ConnectionStates;
import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Field;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Tcp;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Reads the fields of a packet that is at a hook of a namespace. */
final class Fields {
  private static final long UNSIGNED = 0xffff_ffffL;
  private static final long TO_US = 0;
  private static final long TO_ALL = 1;
  private static final long TO_MANY = 2;
  private static final long TO_ANOTHER = 3;
  private static final Answer ABSENT = new Answer.Absent(1);

  private final NamespaceId place;
  private final Hook hook;

  Fields(NamespaceId place, Hook hook) {
    this.place = place;
    this.hook = hook;
  }

  Answer read(Field field, Trial trial) {
    InFlight flight = trial.packet();
    Packet packet = flight.packet();
    Ip ip = Headers.ip(packet);
    return switch (field) {
      case PROTOCOL_FAMILY -> number(ip.source().isIpv4() ? 2 : 10);
      case PROTOCOL -> number(ip.protocol());
      case NEXT_HEADER -> number(Headers.nextHeader(ip));
      case FRAGMENT_BITS -> number(Headers.fragmentBits(ip));
      case FLOW_LABEL -> Answer.Unknown.of("the flow label");
      case ETHERNET_TYPE -> number(ip.source().isIpv4() ? 0x0800 : 0x86dd);
      case SOURCE_ADDRESS -> Answer.Value.of(Datum.of(ip.source()));
      case DESTINATION_ADDRESS -> Answer.Value.of(Datum.of(ip.destination()));
      case SOURCE_PORT -> number(Headers.firstWord(packet));
      case DESTINATION_PORT -> number(Headers.secondWord(packet));
      case SET_SOURCE_PORT -> number(Headers.typed(packet, Headers.sourcePort(packet)));
      case SET_DESTINATION_PORT -> number(Headers.typed(packet, Headers.destinationPort(packet)));
      case INPUT_DEVICE -> name(flight.input());
      case OUTPUT_DEVICE -> name(flight.output());
      case INPUT_DEVICE_KIND -> kindOf(flight.input());
      case OUTPUT_DEVICE_KIND -> kindOf(flight.output());
      case BRIDGE_INPUT_PORT -> name(flight.arrival().inputPort());
      case BRIDGE_OUTPUT_PORT -> name(flight.arrival().outputPort());
      case MARK -> number(flight.mark() & UNSIGNED);
      case TCP_FLAGS -> number(Headers.tcpFlags(packet));
      case ICMP_TYPE -> number(Headers.icmpType(packet));
      case ICMP_CODE -> number(Headers.icmpCode(packet));
      case LENGTH -> length(packet);
      case HOP_LIMIT -> number(ip.hopLimit());
      case TRAFFIC_CLASS -> number(ip.trafficClass());
      case DSCP -> number(ip.trafficClass() >> 2);
      case ECN -> number(ip.trafficClass() & 3);
      case LATER_FRAGMENT -> number(Headers.isLaterFragment(packet) ? 1 : 0);
      case ETHERNET_SOURCE -> mac(flight, Ethernet::source, "the sender's MAC address");
      case ETHERNET_DESTINATION -> mac(flight, Ethernet::destination, "the receiver's MAC address");
      case PACKET_TYPE -> packetType(flight, ip);
      default -> connection(field, flight.tracking(), trial.zone());
    };
  }

  /** A walked segment has no options; a real one mostly has, so its length isn't known. */
  private Answer length(Packet packet) {
    if (hook == Hook.EGRESS) {
      return Answer.Unknown.of("whether the length counts the frame's header");
    }
    boolean segment =
        packet.layers().stream()
            .anyMatch(layer -> layer instanceof Tcp tcp && tcp.options().length() == 0);
    return segment
        ? Answer.Unknown.of("the length of the TCP options, which programs and kernels choose")
        : number(Headers.length(packet));
  }

  private static Answer kindOf(Optional<String> device) {
    return device.isEmpty()
        ? ABSENT
        : Answer.Unknown.of("the kind of the device, which no listing tells");
  }

  /** What starts here has no frame until it leaves. */
  private Answer mac(InFlight flight, Function<Ethernet, MacAddress> which, String unknown) {
    return flight.input().isEmpty() && !hook.isOfFrames()
        ? ABSENT
        : flight
            .arrival()
            .link()
            .<Answer>map(link -> number(which.apply(link).bits()))
            .orElseGet(() -> Answer.Unknown.of(unknown));
  }

  /** To whom the frame was sent that it came in by (eth_type_trans); what starts here is to us. */
  private Answer packetType(InFlight flight, Ip ip) {
    if (flight.arrival().toAnother()) {
      return number(TO_ANOTHER);
    }
    boolean group =
        flight
            .arrival()
            .link()
            .map(link -> link.destination().isGroup())
            .orElse(ip.destination().isMulticast());
    if (hook == Hook.EGRESS || (hook == Hook.BRIDGE_POSTROUTING && group)) {
      return Answer.Unknown.of("whom the frame was for as it came in");
    }
    if (flight.input().isEmpty()) {
      return number(TO_US);
    }
    return number(
        flight
            .arrival()
            .link()
            .map(link -> packetType(link.destination()))
            .orElseGet(() ->
                ip.destination().isMulticast()
                    ? TO_MANY
                    : ip.destination().isLimitedBroadcast() ? TO_ALL : TO_US));
  }

  private static long packetType(MacAddress destination) {
    return destination.isBroadcast() ? TO_ALL : destination.isGroup() ? TO_MANY : TO_US;
  }

  private Answer connection(Field field, Tracking tracking, int zone) {
    return switch (field) {
      case CONNECTION_STATE -> number(state(tracking, zone));
      case CONNECTION_STATUS -> of(tracking, tracked -> number(status(tracked)));
      case CONNECTION_MARK -> of(tracking, tracked -> number(tracked.mark() & UNSIGNED));
      case CONNECTION_ZONE ->
          tracking.connection(place).map(c -> number(c.zone())).orElseGet(() -> number(zone));
      case CONNECTION_DIRECTION ->
          tracking
              .attachment(place)
              .filter(Tracking.Attachment::isTracked)
              .map(attachment -> number(attachment.answering() ? 1 : 0))
              .orElse(ABSENT);
      case CONNECTION_PROTOCOL -> of(tracking, c -> number(c.original().protocol()));
      case ORIGINAL_SOURCE_ADDRESS -> of(tracking, c -> address(c.original().source()));
      case ORIGINAL_DESTINATION_ADDRESS -> of(tracking, c -> address(c.original().destination()));
      case ORIGINAL_SOURCE_PORT -> of(tracking, c -> number(c.original().sourcePort()));
      case ORIGINAL_DESTINATION_PORT -> of(tracking, c -> number(c.original().destinationPort()));
      case REPLY_SOURCE_ADDRESS -> of(tracking, c -> address(c.reply().source()));
      case REPLY_DESTINATION_ADDRESS -> of(tracking, c -> address(c.reply().destination()));
      case REPLY_SOURCE_PORT -> of(tracking, c -> number(c.reply().sourcePort()));
      case REPLY_DESTINATION_PORT -> of(tracking, c -> number(c.reply().destinationPort()));
      default -> ABSENT;
    };
  }

  /**
   * Before it is looked up, the packet has no connection: the kernel calls that invalid, unless a
   * rule has chosen a zone, which hangs a new one without addresses on it (nf_ct_tmpl_alloc).
   */
  private long state(Tracking tracking, int zone) {
    return tracking
        .attachment(place)
        .map(attachment ->
            switch (attachment.state()) {
              case NEW -> ConnectionStates.NEW;
              case ESTABLISHED -> ConnectionStates.ESTABLISHED;
              case RELATED -> ConnectionStates.RELATED;
              case UNTRACKED -> ConnectionStates.UNTRACKED;
              case INVALID -> ConnectionStates.INVALID;
            })
        .orElse(zone != 0 ? ConnectionStates.NEW : ConnectionStates.INVALID);
  }

  private static long status(TrackedConnection tracked) {
    return (tracked.isSourceTranslated() ? ConnectionStates.SOURCE_TRANSLATED : 0)
        | (tracked.isDestinationTranslated() ? ConnectionStates.DESTINATION_TRANSLATED : 0)
        | (tracked.seenReply()
            ? ConnectionStates.SEEN_REPLY | ConnectionStates.CONFIRMED
            : tracked.listed().isPresent() ? ConnectionStates.CONFIRMED : 0)
        | (tracked.assured() ? ConnectionStates.ASSURED : 0);
  }

  private Answer of(Tracking tracking, Function<TrackedConnection, Answer> reading) {
    return tracking.connection(place).map(reading).orElse(ABSENT);
  }

  private static Answer number(long value) {
    return Answer.Value.of(Datum.of(value));
  }

  private static Answer number(OptionalInt value) {
    return value.isPresent() ? number(value.getAsInt()) : ABSENT;
  }

  private static Answer address(IpAddress address) {
    return Answer.Value.of(Datum.of(address));
  }

  /** A device that there isn't has the empty name, which fits no pattern but the empty one. */
  private static Answer name(Optional<String> device) {
    return Answer.Value.of(Datum.of(device.orElse("")));
  }
}
