package io.packetwalk.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any text in the place of OpenFlow's flows. */
class FlowTablesFuzzTest {
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void flows_of_any_text_are_read_or_reported(byte[] input) {
    OutputOfAnyText.readAs(
        input, "ovs-ofctl dump-flows br-int", "ovs-ofctl dump-flows br-int table=0,ip");
  }
}
