package io.packetwalk.wire.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.wire.capture.CaptureReader;
import io.packetwalk.wire.capture.Corpus;
import io.packetwalk.wire.capture.Frame;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Agreement with the outputs that tcpdump's own tests expect, on the outermost headers. */
class TcpdumpTest {
  private static final String FOLDER = "the-tcpdump-group+tcpdump/tests/";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  private final List<String> differences = new ArrayList<>();
  private int outputs;
  private int values;

  @Test
  void the_outermost_headers_are_those_that_tcpdump_expects() throws IOException {
    Path folder = Corpus.folder().resolve(FOLDER);
    for (String line : Files.readAllLines(folder.resolve("TESTLIST"))) {
      String[] words = line.strip().split("\\s+", -1);
      if (isPlain(words) && Files.exists(folder.resolve(words[2]))) {
        compare(words[1], Files.readString(folder.resolve(words[2]), StandardCharsets.ISO_8859_1));
      }
    }
    System.out.printf(
        "tcpdump: %d values of %d outputs, %d differ%n", values, outputs, differences.size());
    differences.forEach(difference -> System.out.println("tcpdump: " + difference));
    assertThat(values).isGreaterThan(10_000);
    assertThat(differences).isEmpty();
  }

  /** Whether a test shows every packet of its capture: it has no filter and no interpretation. */
  private static boolean isPlain(String[] words) {
    if (words.length < 3 || words[0].startsWith("#") || words[1].endsWith(".snoop")) {
      return false;
    }
    for (String word : List.of(words).subList(3, words.length)) {
      if (!word.matches("-[vexXAbqnt#]+|-tttt|SPECIAL_t")) {
        return false;
      }
    }
    return true;
  }

  private void compare(String capture, String output) throws IOException {
    Map<Integer, Map<String, String>> packets = TcpdumpOutput.read(output.lines().toList());
    if (packets.isEmpty() || !Files.exists(Corpus.folder().resolve(FOLDER + capture))) {
      return;
    }
    outputs++;
    CaptureReader reader = Corpus.open(FOLDER + capture);
    Decoder decoder = new Decoder();
    while (reader.next()) {
      Map<String, String> theirs = packets.getOrDefault((int) reader.number(), Map.of());
      Map<String, String> ours = fields(reader.frame(), decoder);
      theirs.forEach((name, value) -> {
        String own = ours.get(name);
        if (own != null) {
          values++;
          if (!own.equals(value)) {
            differences.add(
                "%s #%d %s: %s, tcpdump %s".formatted(capture, reader.number(), name, own, value));
          }
        }
      });
    }
  }

  private static Map<String, String> fields(Frame frame, Decoder decoder) {
    Map<String, String> fields = new LinkedHashMap<>();
    List<Layer> layers = decoder.decode(frame).packet().layers();
    fields.put("frame.time", time(frame));
    fields.put("frame.len", Integer.toString(frame.originalLength()));
    if (!layers.isEmpty() && layers.getFirst() instanceof Ethernet ethernet) {
      fields.put("eth.src", ethernet.source().toString());
      fields.put("eth.dst", ethernet.destination().toString());
      fields.put("eth.type", "0x%04x".formatted(ethernet.etherType()));
    }
    for (int index = 0; index < layers.size(); index++) {
      if (layers.get(index) instanceof Ip ip) {
        network(ip, fields);
        if (index + 1 < layers.size()) {
          ports(layers.get(index + 1), fields);
        }
        return fields;
      }
    }
    return fields;
  }

  private static void network(Ip ip, Map<String, String> fields) {
    switch (ip) {
      case Ipv4 ipv4 -> {
        fields.put("ip.src", ipv4.source().toString());
        fields.put("ip.dst", ipv4.destination().toString());
        fields.put("ip.ttl", Integer.toString(ipv4.ttl()));
        fields.put("ip.id", Integer.toString(ipv4.identification()));
        fields.put("ip.proto", Integer.toString(ipv4.protocol()));
        fields.put("ip.frag_offset", Integer.toString(8 * ipv4.fragmentOffset()));
      }
      case Ipv6 ipv6 -> {
        fields.put("ipv6.src", ipv6.source().toString());
        fields.put("ipv6.dst", ipv6.destination().toString());
      }
    }
  }

  private static void ports(Layer layer, Map<String, String> fields) {
    switch (layer) {
      case Tcp tcp -> {
        fields.put("srcport", Integer.toString(tcp.sourcePort()));
        fields.put("dstport", Integer.toString(tcp.destinationPort()));
      }
      case Udp udp -> {
        fields.put("srcport", Integer.toString(udp.sourcePort()));
        fields.put("dstport", Integer.toString(udp.destinationPort()));
      }
      default -> {}
    }
  }

  private static String time(Frame frame) {
    return TIME.format(Instant.ofEpochSecond(0, frame.nanoseconds()));
  }
}
