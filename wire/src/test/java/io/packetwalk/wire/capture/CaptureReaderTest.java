package io.packetwalk.wire.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.LinkType;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureReaderTest {
  private static final String BIG_HEADER =
      "a1b2c3d4" + "00020004" + "00000000" + "00000000" + "0000ffff" + "00000001";
  private static final String LITTLE_HEADER =
      "4d3cb2a1" + "02000400" + "00000000" + "00000000" + "ffff0000" + "65000000";

  private static CaptureReader reader(String hex) {
    return CaptureReader.open(ByteSource.of(Bytes.fromHex(hex).toArray()));
  }

  @Test
  void a_big_endian_pcap_with_microseconds() {
    CaptureReader reader =
        reader(BIG_HEADER + "00000001" + "00000002" + "00000003" + "00000040" + "aabbcc");
    assertThat(reader.frames())
        .containsExactly(
            new Frame(0, LinkType.ETHERNET, 1_000_002_000L, 64, Bytes.fromHex("aabbcc")));
    assertThat(reader.fault()).isEmpty();
  }

  @Test
  void a_little_endian_pcap_with_nanoseconds() {
    CaptureReader reader =
        reader(LITTLE_HEADER + "01000000" + "02000000" + "01000000" + "01000000" + "45");
    assertThat(reader.frames())
        .containsExactly(new Frame(0, LinkType.RAW_IP, 1_000_000_002L, 1, Bytes.fromHex("45")));
  }

  @Test
  void a_modified_pcap_has_longer_record_headers() {
    String header = BIG_HEADER.replace("a1b2c3d4", "a1b2cd34");
    CaptureReader reader =
        reader(
            header + "00000001" + "00000000" + "00000001" + "00000001" + "0000000208000000" + "7f");
    assertThat(reader.frames()).extracting(Frame::content).containsExactly(Bytes.fromHex("7f"));
  }

  @Test
  void frame_check_bits_beside_the_link_type_are_ignored() {
    String header = BIG_HEADER.substring(0, 40) + "24000001";
    CaptureReader reader = reader(header + "00000001" + "00000000" + "00000000" + "00000000");
    assertThat(reader.frames()).extracting(Frame::linkType).containsExactly(LinkType.ETHERNET);
  }

  @Test
  void a_record_that_is_cut_off_is_a_fault_at_its_offset() {
    CaptureReader reader =
        reader(
            BIG_HEADER
                + ("00000001" + "00000000" + "00000001" + "00000001" + "aa")
                + ("00000001" + "00000000" + "00000004" + "00000004" + "bbbb"));
    assertThat(reader.frames()).hasSize(1);
    assertThat(reader.fault())
        .contains(new CaptureFault(CaptureFault.Reason.TRUNCATED, 41, 20, 18));
  }

  @Test
  void a_record_of_impossible_length_is_a_fault_and_costs_no_memory() {
    CaptureReader reader =
        reader(BIG_HEADER + "00000001" + "00000000" + "7fffffff" + "7fffffff" + "aa");
    assertThat(reader.frames()).isEmpty();
    assertThat(reader.fault().orElseThrow().reason()).isEqualTo(CaptureFault.Reason.TOO_LONG);
    assertThat(reader.buffer()).hasSizeLessThan(1 << 20);
  }

  @Test
  void something_else_is_no_capture() {
    assertThat(reader("504b0304").fault().orElseThrow())
        .hasToString("at byte 0: not a pcap or pcapng capture");
    assertThat(reader("").next()).isFalse();
    assertThat(reader("").fault()).isPresent();
  }

  @Test
  void pcapng_sections_have_their_own_order_and_interfaces() {
    String big =
        "0a0d0d0a"
            + "0000001c"
            + "1a2b3c4d"
            + "00010000"
            + "ffffffffffffffff"
            + "0000001c"
            + "00000001"
            + "00000014"
            + "00010000"
            + "00000000"
            + "00000014"
            + "00000006"
            + "00000024"
            + "00000000"
            + "00000000"
            + "000f4240"
            + "00000001"
            + "00000005"
            + "aa000000"
            + "00000024";
    String little =
        "0a0d0d0a"
            + "1c000000"
            + "4d3c2b1a"
            + "01000000"
            + "ffffffffffffffff"
            + "1c000000"
            + "01000000"
            + "20000000"
            + "71000000"
            + "00000000"
            + "0200030065743100"
            + "00000000"
            + "20000000"
            + "03000000"
            + "14000000"
            + "02000000"
            + "bbcc0000"
            + "14000000";
    CaptureReader reader = reader(big + little);
    assertThat(reader.frames())
        .containsExactly(
            new Frame(0, LinkType.ETHERNET, 1_000_000_000L, 5, Bytes.fromHex("aa")),
            new Frame(1, LinkType.LINUX_COOKED, 0, 2, Bytes.fromHex("bbcc")));
    assertThat(reader.interfaces()).extracting(CaptureInterface::name).containsExactly("", "et1");
    assertThat(reader.fault()).isEmpty();
  }

  @Test
  void a_packet_of_an_undescribed_interface_is_a_fault() {
    CaptureReader reader =
        reader(
            "0a0d0d0a"
                + "0000001c"
                + "1a2b3c4d"
                + "00010000"
                + "ffffffffffffffff"
                + "0000001c"
                + "00000006"
                + "00000020"
                + "00000007"
                + "00000000"
                + "00000000"
                + "00000000"
                + "00000000"
                + "00000020");
    assertThat(reader.next()).isFalse();
    assertThat(reader.fault())
        .contains(new CaptureFault(CaptureFault.Reason.UNKNOWN_INTERFACE, 28, 7, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "6, 0, 1500000, 1500000000",
    "9, 0, 1500000000, 1500000000",
    "0, 10, 3, 13000000000",
    "12, 0, 1999, 1",
    "0x8a, 0, 1536, 1500000000",
    "0xff, 0, -1, 0",
    "0, 0, -1, 9223372036854775807"
  })
  void every_resolution_becomes_nanoseconds(
      String resolution, long offset, long ticks, long expected) {
    assertThat(TimestampClock.ofResolution(Integer.decode(resolution), offset).nanoseconds(ticks))
        .isEqualTo(expected);
  }

  @Test
  void names_comments_and_statistics_of_the_corpus_are_read() throws IOException {
    CaptureReader reader =
        Corpus.open("hadrielk+pcapng-test-generator/output_le/difficult/test202.pcapng");
    reader.frames();
    List<CaptureNote> notes = reader.notes();
    assertThat(notes).hasAtLeastOneElementOfType(CaptureNote.Names.class);
    assertThat(notes).hasAtLeastOneElementOfType(CaptureNote.Statistics.class);
    assertThat(notes).hasAtLeastOneElementOfType(CaptureNote.Comment.class);
    assertThat(notes).hasAtLeastOneElementOfType(CaptureNote.Skipped.class);
    assertThat(notes)
        .filteredOn(CaptureNote.Names.class::isInstance)
        .map(CaptureNote.Names.class::cast)
        .anySatisfy(names -> {
          assertThat(names.address()).isEqualTo(IpAddress.of("fc01:dead::beef"));
          assertThat(names.names()).containsExactly("foo.example.com");
        });
  }

  @Test
  void every_capture_of_the_corpus_is_read_to_an_end_in_bounded_memory() throws IOException {
    int faults = 0;
    long frames = 0;
    for (String name : Corpus.names()) {
      CaptureReader reader = Corpus.open(name);
      while (reader.next()) {
        assertThat(reader.frameOffset() + reader.captured())
            .isLessThanOrEqualTo(reader.buffer().length);
        frames++;
      }
      faults += reader.fault().isPresent() ? 1 : 0;
      assertThat(reader.buffer()).as(name).hasSizeLessThanOrEqualTo(16 << 20);
    }
    System.out.println("corpus: " + frames + " frames, " + faults + " captures end in a fault");
    assertThat(frames).isGreaterThan(40_000);
  }
}
