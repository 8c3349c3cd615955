package io.packetwalk.wire.message;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A DHCP message in short (RFC 2131, 2; options of RFC 2132).
 *
 * @param type option 53: 1 discover, 2 offer, 3 request, 5 acknowledgment; zero without it (BOOTP)
 * @param client the client's hardware address
 * @param given the address that the server gives; unspecified in questions
 * @param requested the address that the client asks for, if it does
 */
public record DhcpMessage(
    int type,
    int transaction,
    MacAddress client,
    IpAddress given,
    Optional<IpAddress> requested,
    Optional<IpAddress> server)
    implements Message {
  private static final int FIXED = 236;
  private static final int COOKIE = 0x6382_5363;
  private static final int REQUESTED = 50;
  private static final int TYPE = 53;
  private static final int SERVER = 54;

  static Optional<Message> read(Bytes bytes) {
    if (bytes.length() < FIXED + 4 || Numbers.word(bytes, FIXED) != COOKIE) {
      return Optional.empty();
    }
    Optional<Integer> type = option(bytes, TYPE, 1);
    return Optional.of(
        new DhcpMessage(
            type.map(bytes::at).orElse(0),
            Numbers.word(bytes, 4),
            Numbers.mac(bytes, 28),
            Numbers.ipv4(bytes, 16),
            option(bytes, REQUESTED, 4).map(at -> Numbers.ipv4(bytes, at)),
            option(bytes, SERVER, 4).map(at -> Numbers.ipv4(bytes, at))));
  }

  /** Where the value of an option of this length begins. */
  private static Optional<Integer> option(Bytes bytes, int wanted, int length) {
    int at = FIXED + 4;
    while (at + 1 < bytes.length() && bytes.at(at) != 255) {
      if (bytes.at(at) == 0) {
        at++;
        continue;
      }
      int size = bytes.at(at + 1);
      if (at + 2 + size > bytes.length()) {
        break;
      }
      if (bytes.at(at) == wanted && size == length) {
        return Optional.of(at + 2);
      }
      at += 2 + size;
    }
    return Optional.empty();
  }

  @Override
  public List<String> lines() {
    List<String> words = new ArrayList<>();
    words.add("DHCP " + name() + " of " + client);
    if (!given.isUnspecified()) {
      words.add("gives " + given);
    }
    requested.ifPresent(address -> words.add("asks for " + address));
    server.ifPresent(address -> words.add("server " + address));
    return List.of(String.join(", ", words));
  }

  private String name() {
    return switch (type) {
      case 0 -> "BOOTP message";
      case 1 -> "discover";
      case 2 -> "offer";
      case 3 -> "request";
      case 4 -> "decline";
      case 5 -> "acknowledgment";
      case 6 -> "refusal";
      case 7 -> "release";
      case 8 -> "inform";
      default -> "message type " + type;
    };
  }
}
