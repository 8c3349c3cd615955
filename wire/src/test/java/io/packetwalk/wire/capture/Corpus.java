package io.packetwalk.wire.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The captures that stand beside the project, when they do. */
public final class Corpus {
  private static final Path SHARED = Path.of("../../shared/data/captures");

  private Corpus() {}

  /** The folder, or the calling test ends here and says so. */
  public static Path folder() {
    assumeTrue(Files.isDirectory(SHARED), "the corpus isn't here: " + SHARED.toAbsolutePath());
    return SHARED;
  }

  /** Every capture file, by its name in the manifest. */
  public static List<String> names() throws IOException {
    try (var lines = Files.lines(folder().resolve("MANIFEST.tsv"))) {
      List<String> names =
          lines.skip(1).map(line -> line.substring(0, line.indexOf('\t'))).toList();
      assertThat(names).hasSizeGreaterThan(700);
      return names;
    }
  }

  /** The reader of one capture. */
  public static CaptureReader open(String name) throws IOException {
    return CaptureReader.open(ByteSource.of(Files.readAllBytes(folder().resolve(name))));
  }

  /** The oracle's rows by file: each row's fields by the column's name. */
  public static Map<String, List<Map<String, String>>> oracle() throws IOException {
    Map<String, List<Map<String, String>>> rows = new LinkedHashMap<>();
    Path file = folder().resolve("ORACLE_tshark.tsv.gz");
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      String[] columns = reader.readLine().split("\t", -1);
      String line;
      while ((line = reader.readLine()) != null) {
        String[] cells = line.split("\t", -1);
        Map<String, String> row = new LinkedHashMap<>();
        for (int index = 0; index < cells.length; index++) {
          row.put(columns[index], cells[index]);
        }
        rows.computeIfAbsent(row.get("file"), _ -> new ArrayList<>()).add(row);
      }
    }
    return rows;
  }
}
