package io.packetwalk.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.packetwalk.report.json.WalkJson;
import io.packetwalk.walk.Walk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WalkJsonTest {
  private static final Asked ASKED = new Asked("shop/api-7c9f8d6b54-x2k4p", "10.244.189.69");

  static Walk[] walks() {
    return new Walk[] {IpInIpWalk.walk(), ServiceWalk.walk(), HostileWalk.walk()};
  }

  @ParameterizedTest
  @MethodSource("walks")
  void json_is_what_the_published_schema_says(Walk walk) throws IOException {
    assertThat(schema().validate(json(walk, true), InputFormat.JSON)).isEmpty();
    assertThat(schema().validate(json(walk, false), InputFormat.JSON)).isEmpty();
  }

  @Test
  void the_schema_refuses_a_document_without_a_key_that_it_promises() throws IOException {
    String json = json(IpInIpWalk.walk(), false).replace("\"decision\":", "\"decided\":");
    assertThat(schema().validate(json, InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void a_tunnelled_walk_is_written_like_this() {
    Golden.check("ip-in-ip.json", json(IpInIpWalk.walk(), true) + "\n");
  }

  @Test
  void what_the_state_does_not_tell_is_null() {
    String json = json(ServiceWalk.walk(), false);
    assertThat(json)
        .contains("{\"type\":\"udp\",\"source_port\":null,\"destination_port\":4789}")
        .contains("{\"type\":\"ethernet\",\"source\":null,\"destination\":\"0a:00:00:00:00:02\"");
  }

  @Test
  void the_compact_form_is_a_single_line() {
    assertThat(json(IpInIpWalk.walk(), false)).doesNotContain("\n");
  }

  @Test
  void nothing_of_a_state_reaches_the_terminal_as_a_command() {
    assertThat(json(HostileWalk.walk(), false)).matches("\\P{C}*");
  }

  private static Schema schema() throws IOException {
    String text = Files.readString(Path.of("../docs/trace.schema.json"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(text, InputFormat.JSON);
  }

  private static String json(Walk walk, boolean indented) {
    return new WalkJson(new Names(SampleCluster.snapshot())).text(walk, ASKED, indented);
  }
}
