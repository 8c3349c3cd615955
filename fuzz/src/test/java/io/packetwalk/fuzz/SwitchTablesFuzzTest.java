package io.packetwalk.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any text in the place of a switch's groups, meters, options, ports and learned addresses. */
class SwitchTablesFuzzTest {
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void tables_of_a_switch_of_any_text_are_read_or_reported(byte[] input) {
    OutputOfAnyText.readAs(
        input,
        "ovs-ofctl dump-groups br-int",
        "ovs-ofctl dump-meters br-int",
        "ovs-ofctl dump-tlv-map br-int",
        "ovs-ofctl dump-ports-desc br-int",
        "ovs-appctl fdb/show br-int",
        "ovs-appctl dpctl/dump-flows",
        "ovs-appctl dpctl/dump-conntrack");
  }
}
