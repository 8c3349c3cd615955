package io.packetwalk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.StateReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A support bundle of Antrea's with any content: a line {@code =NAME} begins a member of the
 * agent's archive.
 */
class AntreaBundleFuzzTest {
  private static final String ROOT = "support-bundles_x/agent_n1.tar.gz/";

  @FuzzTest(maxDuration = FuzzTime.EACH)
  void a_bundle_of_any_text_makes_a_snapshot(byte[] input) {
    Map<String, StringBuilder> members = new LinkedHashMap<>();
    StringBuilder content = new StringBuilder();
    members.put("agentinfo", content);
    for (String line : InputText.of(input).lines().toList()) {
      if (line.startsWith("=") && line.length() < 40 && line.indexOf('/') < 0) {
        content = members.computeIfAbsent(line.substring(1), name -> new StringBuilder());
      } else {
        content.append(line).append('\n');
      }
    }
    List<StateFile> files =
        members.entrySet().stream()
            .filter(member -> !member.getKey().isBlank())
            .map(member -> new StateFile(ROOT + member.getKey(), member.getValue().toString()))
            .toList();
    Snapshot snapshot = StateReader.read(new StateFiles(files, List.of()));
    assertThat(snapshot.inventory().files()).hasSize(files.size());
  }
}
