package io.packetwalk.wire.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.wire.capture.CaptureReader;
import io.packetwalk.wire.capture.Corpus;
import io.packetwalk.wire.capture.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Agreement with tshark 4.0.17 on the first hundred frames of every capture of the corpus. */
class OracleTest {
  private static final List<String> FIELDS =
      List.of(
          "eth.type",
          "vlan.id",
          "ip.src",
          "ip.dst",
          "ipv6.src",
          "ipv6.dst",
          "ip.proto",
          "udp.srcport",
          "udp.dstport",
          "tcp.srcport",
          "tcp.dstport",
          "vxlan.vni",
          "geneve.vni",
          "gre.proto",
          "icmp.type",
          "icmp.code",
          "icmpv6.type",
          "icmpv6.code",
          "ip.flags.mf",
          "ip.frag_offset");

  private final Map<String, Integer> causes = new TreeMap<>();
  private int compared;
  private int equal;

  @Test
  void every_field_that_both_have_is_the_same() throws IOException {
    Map<String, List<Map<String, String>>> oracle = Corpus.oracle();
    for (Map.Entry<String, List<Map<String, String>>> entry : oracle.entrySet()) {
      compareFile(entry.getKey(), entry.getValue());
    }
    System.out.printf(
        "oracle: %d of %d fields agree, %.4f %%%n", equal, compared, 100.0 * equal / compared);
    causes.forEach((cause, count) -> System.out.println("  " + count + " " + cause));
    assertThat(equal).isGreaterThanOrEqualTo((int) Math.ceil(compared * 0.999));
  }

  private void compareFile(String name, List<Map<String, String>> rows) throws IOException {
    Decoder decoder = new Decoder();
    try (InputStream stream = Corpus.open(name)) {
      CaptureReader reader = CaptureReader.open(stream::read);
      for (Map<String, String> row : rows) {
        if (!reader.next()) {
          causes.merge(name + " has no frame " + row.get("frame.number"), 1, Integer::sum);
          compared++;
          continue;
        }
        compareFrame(name, row, reader.frame(), decoder);
      }
    }
  }

  private void compareFrame(String name, Map<String, String> row, Frame frame, Decoder decoder) {
    Map<String, String> ours = new LinkedHashMap<>();
    ours.put("frame.cap_len", Integer.toString(frame.content().length()));
    ours.put("frame.len", Integer.toString(frame.originalLength()));
    ours.putAll(OracleFields.of(decoder.decode(frame).packet()));
    for (String field : FIELDS) {
      String theirs = row.getOrDefault(field, "");
      String own = ours.getOrDefault(field, "");
      if (theirs.isEmpty() && own.isEmpty()) {
        continue;
      }
      if (!frame.linkType().isKnown()) {
        continue;
      }
      compared++;
      if (theirs.equals(own)) {
        equal++;
      } else {
        causes.merge(
            "%s #%s %s: %s, tshark %s (%s)"
                .formatted(
                    name, row.get("frame.number"), field, own, theirs, row.get("frame.protocols")),
            1,
            Integer::sum);
      }
    }
  }
}
