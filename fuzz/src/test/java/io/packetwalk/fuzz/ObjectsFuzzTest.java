package io.packetwalk.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.packetwalk.read.transcript.CommandRun;
import java.util.List;

/** Any text in the place of YAML or JSON objects. */
class ObjectsFuzzTest {
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void objects_of_any_text_are_read_or_reported(byte[] input) {
    CommandRun shape = CommandOfAnyText.run("# \n" + InputText.of(input));
    for (List<String> words :
        List.of(List.of("kubectl", "get", "-o", "yaml"), List.of("kubectl", "declared"))) {
      CommandOfAnyText.read(
          new CommandRun(shape.place(), words, shape.prompt(), shape.output(), false));
    }
  }
}
