package io.packetwalk.proof;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * What really became of some packets: a {@code truth.json} as the makers of labs and samples write
 * it.
 *
 * @param warmUp what was sent before the state was gathered
 * @param heard who was heard of beside the probes
 */
record Truth(List<Probe> warmUp, List<Probe> probes, List<Heard> heard) {
  static Truth read(Path file) throws IOException {
    JsonNode root = new ObjectMapper().readTree(Files.readString(file));
    return new Truth(
        probes(root.path("warm_up")),
        probes(root.path("probes")),
        root.path("heard").valueStream().map(Heard::of).toList());
  }

  /** Who asked for a neighbour, or answered, at a device; since when. */
  record Heard(String where, String mac, double time) {
    static Heard of(JsonNode node) {
      return new Heard(
          Truth.where(node), node.path("mac").asString(""), node.path("t").asDouble(0));
    }
  }

  private static String where(JsonNode node) {
    return node.path("node").asString("")
        + ":"
        + node.path("netns").asString("")
        + " "
        + node.path("device").asString("");
  }

  private static List<Probe> probes(JsonNode nodes) {
    List<Probe> probes = new ArrayList<>();
    nodes.forEach(node -> probes.add(Probe.of(node)));
    return probes;
  }

  /** The probes that were sent before this one. */
  List<Probe> before(Probe probe) {
    List<Probe> earlier = new ArrayList<>(warmUp);
    probes.stream().takeWhile(other -> other.id() != probe.id()).forEach(earlier::add);
    return earlier;
  }

  /** The fragments behind the first one go the same way, without the headers to compare. */
  private static boolean isWholeOrFirst(JsonNode frame) {
    return frame.path("fragment").path("offset").asInt(0) == 0;
  }

  /**
   * A packet that was sent.
   *
   * @param result {@code reply} when it was answered
   * @param receivedBy who got it; empty when nobody did
   * @param completion the ACK that completes TCP's handshake; empty where nobody looked for it
   * @param redirected whether the sender was told of a better way
   */
  record Probe(
      int id,
      String from,
      String node,
      String netns,
      String to,
      IpAddress address,
      int port,
      String protocol,
      int sourcePort,
      int size,
      int hopLimit,
      boolean dontFragment,
      Optional<IpAddress> source,
      Optional<String> device,
      boolean many,
      String result,
      Optional<String> error,
      List<String> receivedBy,
      List<Seen> seen,
      List<Seen> errorSeen,
      Optional<List<Seen>> completion,
      boolean redirected) {

    static Probe of(JsonNode node) {
      List<String> received = new ArrayList<>();
      node.path("received_by").forEach(name -> received.add(name.asString()));
      List<Seen> seen = new ArrayList<>();
      node.path("seen")
          .valueStream()
          .filter(Truth::isWholeOrFirst)
          .map(Seen::of)
          .forEach(seen::add);
      return new Probe(
          node.path("id").asInt(),
          node.path("frm").asString(""),
          node.path("node").asString(""),
          node.path("netns").asString(""),
          node.path("to").asString(""),
          IpAddress.of(node.path("ip").asString("")),
          node.path("port").asInt(0),
          node.path("proto").asString(""),
          node.path("sport").asInt(0),
          node.path("size").asInt(0),
          node.path("ttl").asInt(64),
          node.path("dont_fragment").asBoolean(true),
          Optional.of(node.path("bind").asString(""))
              .filter(bind -> !bind.isEmpty())
              .map(IpAddress::of),
          Optional.of(node.path("device").asString("")).filter(device -> !device.isEmpty()),
          node.path("many").asBoolean(false),
          node.path("result").asString(""),
          error(node),
          received,
          seen,
          errorSeen(node.path("icmp_error")),
          Optional.of(node.path("completion"))
              .filter(JsonNode::isArray)
              .map(frames -> frames.valueStream().map(Seen::of).toList()),
          !node.path("icmp_redirects").isEmpty());
    }

    private static List<Seen> errorSeen(JsonNode error) {
      return error
          .path("seen")
          .valueStream()
          .map(Seen::of)
          .filter(seen -> !isRedirect(seen))
          .toList();
    }

    /** A redirect tells of a better way and refuses nothing. */
    private static boolean isRedirect(Seen seen) {
      return Signature.observed(seen.headers()).fields().stream()
          .anyMatch(field -> field.startsWith("icmp=5/") || field.startsWith("icmpv6=137/"));
    }

    /** What the sender was told: its socket's error, or an ICMP error that was seen. */
    private static Optional<String> error(JsonNode node) {
      String result = node.path("result").asString("");
      boolean local =
          result.startsWith("error:")
              && !result.equals("error:TimeoutError")
              && !result.equals("error:ECONNREFUSED");
      JsonNode icmp = node.path("icmp_error");
      String sender = node.path("frm").asString("");
      return icmp.isObject() && isAt(sender, icmp.path("at").asString(sender))
          ? Optional.of(
              "icmp "
                  + icmp.path("type").asInt()
                  + "/"
                  + icmp.path("code").asInt()
                  + " from "
                  + icmp.path("from").asString())
          : Optional.of(result).filter(text -> local);
    }

    /** A pod's own name is the end of its full one. */
    private static boolean isAt(String sender, String place) {
      return sender.equals(place) || sender.endsWith("/" + place);
    }

    /** Whether nothing at all came back: no error and no reset. */
    boolean isUntold() {
      return error.isEmpty() && !result.equals("error:ECONNREFUSED");
    }

    boolean wasAnswered() {
      return result.equals("reply");
    }
  }

  /**
   * A frame of the probe at a device; the bytes end before the payload. A frame that is passed up
   * from device to device keeps its time.
   */
  record Seen(String node, String netns, String device, Bytes headers, double time) {
    static Seen of(JsonNode node) {
      return new Seen(
          node.path("node").asString(""),
          node.path("netns").asString(""),
          node.path("device").asString(""),
          Bytes.fromHex(node.path("headers").asString("")),
          node.path("t").asDouble(0));
    }

    String where() {
      return node + ":" + netns + " " + device;
    }
  }
}
