package io.packetwalk.walk.netfilter;

import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Field;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Packet;
import java.util.Optional;

/**
 * A question or an answer of ARP as rules see it (RFC 826).
 *
 * @param sender the address that its sender gives as his own; empty where it isn't known
 * @param senderMac empty where it isn't known
 * @param receiver whose frame it is: everybody's for a question
 */
public record ArpMessage(
    int operation,
    Optional<IpAddress> sender,
    Optional<MacAddress> senderMac,
    Optional<IpAddress> target,
    MacAddress targetMac,
    MacAddress receiver) {
  private static final long ARP = 0x0806;

  /** To whom a frame for everybody is. */
  private static final long TO_ALL = 1;

  public static ArpMessage question(
      IpAddress asked, Optional<IpAddress> sender, MacAddress asking) {
    return new ArpMessage(
        Arp.REQUEST,
        sender,
        Optional.of(asking),
        Optional.of(asked),
        MacAddress.ZERO,
        MacAddress.BROADCAST);
  }

  /**
   * The answer to a question.
   *
   * @param answering empty where it isn't known who answers
   */
  public static ArpMessage answer(
      IpAddress asked,
      Optional<IpAddress> sender,
      MacAddress asking,
      Optional<MacAddress> answering) {
    return new ArpMessage(Arp.REPLY, Optional.of(asked), answering, sender, asking, asking);
  }

  /** What a frame carries; empty for one of another protocol. */
  public static Optional<ArpMessage> of(Packet frame) {
    return frame
        .first(Arp.class)
        .flatMap(message ->
            frame
                .first(Ethernet.class)
                .map(link ->
                    new ArpMessage(
                        message.operation(),
                        Optional.of(message.senderAddress()),
                        Optional.of(message.senderMac()),
                        Optional.of(message.targetAddress()),
                        message.targetMac(),
                        link.destination())));
  }

  /**
   * What a rule reads; empty where it isn't known.
   *
   * @param received whether the frame came in by a device, so that it is known whom it is for
   */
  Optional<Datum> read(Field field, boolean received) {
    return switch (field) {
      case ETHERNET_TYPE -> Optional.of(Datum.of(ARP));
      case ETHERNET_SOURCE, ARP_SENDER_MAC -> senderMac.map(mac -> Datum.of(mac.bits()));
      case ETHERNET_DESTINATION -> Optional.of(Datum.of(receiver.bits()));
      case ARP_OPERATION -> Optional.of(Datum.of(operation));
      case ARP_SENDER_ADDRESS -> sender.map(Datum::of);
      case ARP_TARGET_ADDRESS -> target.map(Datum::of);
      case ARP_TARGET_MAC -> Optional.of(Datum.of(targetMac.bits()));
      case PACKET_TYPE ->
          received && receiver.equals(MacAddress.BROADCAST)
              ? Optional.of(Datum.of(TO_ALL))
              : Optional.empty();
      default -> Optional.empty();
    };
  }
}
