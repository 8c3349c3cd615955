package io.packetwalk.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.packetwalk.model.Inventory.SkippedFile;
import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.StateLoader.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

class StateLoaderTest {
  private static final byte[] TEXT = "root@n1:~# ip r\n".getBytes(UTF_8);
  private static final byte[] CAPTURE = {(byte) 0xd4, (byte) 0xc3, (byte) 0xb2, (byte) 0xa1, 2, 0};

  @TempDir private Path folder;

  @TempDir private Path elsewhere;

  private static List<String> paths(StateFiles files) {
    return files.files().stream().map(StateFile::path).toList();
  }

  private static byte[] tar(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream archive = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry entry = new TarArchiveEntry(name, true);
      entry.setSize(content.length);
      archive.putArchiveEntry(entry);
      archive.write(content);
      archive.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream archive = new ZipOutputStream(bytes)) {
      archive.putNextEntry(new ZipEntry(name));
      archive.write(content);
      archive.closeEntry();
    }
    return bytes.toByteArray();
  }

  private Path write(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  @Test
  void a_folder_is_its_texts_in_the_order_of_their_paths() throws IOException {
    write("b.txt", TEXT);
    write("a/n1.txt", TEXT);
    write(".git/config", TEXT);
    write("x.pcap", CAPTURE);
    StateFiles files = StateLoader.load(folder);
    assertThat(paths(files)).containsExactly("a/n1.txt", "b.txt");
    assertThat(files.skipped()).containsExactly(new SkippedFile("x.pcap", "a capture"));
  }

  @Test
  void a_single_file_is_a_state() throws IOException {
    assertThat(paths(StateLoader.load(write("b.txt", TEXT)))).containsExactly("b.txt");
    assertThat(paths(StateLoader.load(write("b.txt.gz", gzip(TEXT))))).containsExactly("b.txt");
  }

  @Test
  void an_archive_is_a_state() throws IOException {
    Path tarball = write("state.tar.gz", gzip(tar("./s/n1.txt", TEXT)));
    assertThat(paths(StateLoader.load(tarball))).containsExactly("s/n1.txt");
    assertThat(paths(StateLoader.load(write("s.zip", zip("n1.txt", TEXT)))))
        .containsExactly("n1.txt");
  }

  @Test
  void archives_inside_archives_are_part_of_it() throws IOException {
    byte[] inner = gzip(tar("agent/flows", TEXT));
    Path bundle = write("bundle.zip", zip("nodes/n1.tar.gz", inner));
    assertThat(paths(StateLoader.load(bundle))).containsExactly("nodes/n1.tar/agent/flows");
  }

  @Test
  void no_name_leads_out_of_the_state() throws IOException {
    Path evil = write("evil.tar", tar("../../etc/passwd", TEXT));
    assertThat(paths(StateLoader.load(evil))).containsExactly("etc/passwd");
    Files.write(elsewhere.resolve("secret.txt"), TEXT);
    Path link = folder.resolve("link.txt");
    Files.createSymbolicLink(link, elsewhere.resolve("secret.txt"));
    assertThat(StateLoader.load(folder).skipped())
        .contains(new SkippedFile("link.txt", "a link that leads out of the state"));
    Files.delete(link);
  }

  @Test
  void archives_nested_too_deep_are_skipped() throws IOException {
    byte[] content = TEXT;
    for (int depth = 0; depth < 12; depth++) {
      content = gzip(content);
    }
    StateFiles files = StateLoader.load(write("deep.gz", content));
    assertThat(files.files()).isEmpty();
    assertThat(files.skipped()).hasSize(1);
  }

  @Test
  void what_unpacks_to_too_much_is_refused_by_name() throws IOException {
    Path bomb =
        write("bomb.gz", gzip(new String(new char[1 << 20]).replace('\0', 'a').getBytes(UTF_8)));
    assertThatThrownBy(() -> StateLoader.load(bomb, new Limits(1000, 10, 3)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bomb");
    write("1.txt", TEXT);
    write("2.txt", TEXT);
    assertThatThrownBy(() -> StateLoader.load(folder, new Limits(1 << 30, 2, 3)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("files");
  }

  @Test
  void a_damaged_archive_is_named() throws IOException {
    byte[] packed = gzip(tar("n1.txt", new byte[5000]));
    Path cut = write("cut.tgz", java.util.Arrays.copyOf(packed, packed.length / 2));
    assertThatThrownBy(() -> StateLoader.load(cut))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cut.tgz");
  }

  @Test
  void a_state_that_is_not_there_is_named() {
    assertThatThrownBy(() -> StateLoader.load(folder.resolve("absent")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("absent");
  }

  @Test
  void bytes_that_are_no_utf8_are_no_trouble() throws IOException {
    Path odd = write("odd.txt", new byte[] {'a', (byte) 0xff, (byte) 0xc3, '\n', 'b'});
    assertThat(StateLoader.load(odd).files().getFirst().text()).startsWith("a").endsWith("b");
  }
}
