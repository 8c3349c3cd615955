package io.packetwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What {@code correlate -o json} prints, against its published schema; no key is left out there.
 */
final class CorrelateSchemaTest {
  private static final Path SAMPLE = Path.of("../samples/calico-ipip");
  private static final Path LABS = Path.of("../../shared/data/labs");

  private static Schema schema() throws IOException {
    String text = Files.readString(Path.of("../docs/correlate.schema.json"));
    String strict =
        text.replaceAll(
            "\"type\":\\s*\"object\"", "\"type\": \"object\", \"additionalProperties\": false");
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(strict, InputFormat.JSON);
  }

  private static List<String> errors(Schema schema, String json) {
    return schema.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
  }

  private static Run correlate(Path cluster, String... question) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("correlate", "-o", "json", "-s", cluster.resolve("state").toString()));
    words.addAll(List.of(question));
    words.add(cluster.resolve("captures").toString());
    return Run.of(words.toArray(String[]::new));
  }

  @Test
  void an_answer_to_a_question_is_as_the_schema_says() throws IOException {
    String from = "shop/api-7c9f8d6b54-x2k4p";
    Schema schema = schema();
    for (String to : List.of("shop/cart-6bb7f9c4d8-9tqzl:8080", "shop/cart-6bb7f9c4d8-9tqzl")) {
      Run run = correlate(SAMPLE, from, to);
      assertThat(errors(schema, run.answer())).isEmpty();
    }
    assertThat(errors(schema, "{\"schema\": 1, \"ending\": \"vanished\"}")).isNotEmpty();
  }

  @Test
  void every_line_about_all_packets_is_as_the_schema_says() throws IOException {
    lines(SAMPLE);
  }

  @Test
  void every_line_about_faulty_clusters_is_as_the_schema_says() throws IOException {
    assumeTrue(Files.isDirectory(LABS), "the labs aren't beside the project");
    lines(LABS.resolve("kubenet-161"));
    lines(LABS.resolve("calico-vxlan-31"));
  }

  private static void lines(Path cluster) throws IOException {
    Schema schema = schema();
    List<String> lines = correlate(cluster).answer().lines().toList();
    assertThat(lines).hasSizeGreaterThan(20);
    assertThat(lines).allSatisfy(line -> assertThat(errors(schema, line)).isEmpty());
  }
}
