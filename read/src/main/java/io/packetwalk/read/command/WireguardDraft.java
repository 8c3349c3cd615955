package io.packetwalk.read.command;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.WireguardTunnel;
import io.packetwalk.model.net.WireguardTunnel.Peer;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A WireGuard device while its settings are being read, one by one. */
final class WireguardDraft {
  private final Rows<WireguardTunnel> rows;
  private final List<Peer> peers = new ArrayList<>();
  private String device = "";
  private Optional<Source> source = Optional.empty();
  private Optional<String> publicKey = Optional.empty();
  private OptionalInt port = OptionalInt.empty();
  private int mark;
  private Optional<Peer> peer = Optional.empty();

  WireguardDraft(Rows<WireguardTunnel> rows) {
    this.rows = rows;
  }

  void skip(Line line, String reason) {
    rows.skip(line, reason);
  }

  void damage(Line line, String reason) {
    rows.damage(line, reason);
  }

  void begin(String name, Line line) {
    end();
    device = name;
    source = Optional.of(line.source());
  }

  void peer(String key, Line line) {
    peer.ifPresent(peers::add);
    peer =
        Optional.of(
            new Peer(key, Optional.empty(), OptionalInt.empty(), List.of(), false, line.source()));
  }

  void end() {
    peer.ifPresent(peers::add);
    peer = Optional.empty();
    source.ifPresent(
        from -> rows.add(new WireguardTunnel(device, publicKey, port, mark, peers, from)));
    peers.clear();
    source = Optional.empty();
    publicKey = Optional.empty();
    port = OptionalInt.empty();
    mark = 0;
  }

  /**
   * @param name in small letters and without spaces
   */
  void setting(String name, String value, Line line) {
    switch (name) {
      case "interface" -> begin(value, line);
      case "peer" -> peer(value, line);
      case "publickey" -> key(value);
      case "listeningport", "listenport" -> port = Tokens.number(value);
      case "fwmark" -> mark = mark(value);
      case "endpoint" -> peer = peer.map(known -> endpoint(known, value));
      case "allowedips" -> peer = peer.map(known -> allowed(known, value, line));
      case "latesthandshake" -> peer = peer.map(known -> heard(known, value));
      case "privatekey", "presharedkey", "transfer", "persistentkeepalive" -> {}
      default -> skip(line, "not a setting of WireGuard that decides about packets");
    }
  }

  private void key(String value) {
    if (peer.isEmpty()) {
      publicKey = Optional.of(value);
      return;
    }
    peer =
        peer.map(known ->
            new Peer(
                value,
                known.endpoint(),
                known.endpointPort(),
                known.allowed(),
                known.heard(),
                known.source()));
  }

  private static int mark(String value) {
    try {
      return value.equals("off") ? 0 : Long.decode(value).intValue();
    } catch (NumberFormatException ignored) {
      return 0;
    }
  }

  private static Peer endpoint(Peer known, String value) {
    int colon = value.lastIndexOf(':');
    Optional<IpAddress> address =
        colon < 0
            ? Optional.empty()
            : IpAddress.parse(value.substring(0, colon).replace("[", "").replace("]", ""));
    OptionalInt port =
        address.isPresent() ? Tokens.number(value.substring(colon + 1)) : OptionalInt.empty();
    return new Peer(
        known.publicKey(), address, port, known.allowed(), known.heard(), known.source());
  }

  private Peer allowed(Peer known, String value, Line line) {
    List<IpPrefix> prefixes = new ArrayList<>();
    Optional<String> other = Optional.empty();
    for (String part : value.split(",", -1)) {
      String text = part.strip();
      Optional<IpPrefix> prefix = IpPrefix.parse(text);
      prefix.ifPresent(prefixes::add);
      if (prefix.isEmpty() && !text.equals("(none)") && !text.isEmpty()) {
        other = other.or(() -> Optional.of(text));
      }
    }
    other.ifPresent(text -> damage(line, "not a prefix: " + text));
    return new Peer(
        known.publicKey(),
        known.endpoint(),
        known.endpointPort(),
        prefixes,
        known.heard(),
        line.source());
  }

  private static Peer heard(Peer known, String value) {
    return new Peer(
        known.publicKey(),
        known.endpoint(),
        known.endpointPort(),
        known.allowed(),
        !value.equals("0") && !value.isEmpty(),
        known.source());
  }
}
