package io.packetwalk.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.packetwalk.capture.tap.CaptureArchive;
import io.packetwalk.capture.tap.CaptureFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CaptureArchiveTest {
  private static final byte[] CONTENT = "not really a capture".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  private Path tar(String name, String... members) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream packed = name.endsWith(".gz") ? new GZIPOutputStream(raw) : raw;
        TarArchiveOutputStream tar = new TarArchiveOutputStream(packed)) {
      for (String member : members) {
        TarArchiveEntry entry = new TarArchiveEntry(member, true);
        entry.setSize(CONTENT.length);
        tar.putArchiveEntry(entry);
        tar.write(CONTENT);
        tar.closeArchiveEntry();
      }
    }
    return file;
  }

  private List<CaptureFile> find(Path archive) throws IOException {
    Path into = Files.createDirectory(folder.resolve("unpacked"));
    return CaptureFile.find(
        List.of(archive),
        packed -> {
          CaptureArchive.unpack(packed, into, 1000);
          return into;
        });
  }

  @Test
  void captures_of_an_archive_say_by_their_paths_where_they_were_taken() throws IOException {
    List<CaptureFile> found =
        find(tar("all.tar.gz", "captures/worker1/host/eth0.pcap", "captures/notes.txt"));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().name().orElseThrow()).hasToString("worker1/host/eth0");
    assertThat(found.getFirst().convincing()).isTrue();
    assertThat(found.getFirst().shown()).endsWith("all.tar.gz!captures/worker1/host/eth0.pcap");
    assertThat(found.getFirst().path()).hasBinaryContent(CONTENT);
  }

  @Test
  void no_name_leads_out_of_the_folder() throws IOException {
    find(tar("evil.tar", "../../outside.pcap", "/etc/absolute.pcap"));
    assertThat(folder.resolve("outside.pcap")).doesNotExist();
    assertThat(folder.resolve("unpacked/outside.pcap")).exists();
    assertThat(folder.resolve("unpacked/etc/absolute.pcap")).exists();
  }

  @Test
  void a_zip_is_an_archive_and_a_compressed_capture_is_none() throws IOException {
    Path zip = folder.resolve("all.zip");
    try (ZipOutputStream packed = new ZipOutputStream(Files.newOutputStream(zip))) {
      packed.putNextEntry(new ZipEntry("n/host/eth0.pcapng"));
      packed.write(CONTENT);
    }
    Path single = folder.resolve("eth0.pcap.gz");
    try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(single))) {
      packed.write(CONTENT);
    }
    assertThat(find(zip)).hasSize(1);
    assertThat(CaptureArchive.isArchive(single)).isFalse();
  }

  @Test
  void what_is_larger_than_the_room_is_refused() throws IOException {
    Path archive = tar("large.tar", "a/b/c.pcap", "a/b/d.pcap");
    assertThatThrownBy(() -> CaptureArchive.unpack(archive, folder, CONTENT.length))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("room");
  }
}
