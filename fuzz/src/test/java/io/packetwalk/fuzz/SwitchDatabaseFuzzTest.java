package io.packetwalk.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any text in the place of Open vSwitch's database, in the forms that its tools print. */
class SwitchDatabaseFuzzTest {
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void a_switchs_database_of_any_text_is_read_or_reported(byte[] input) {
    OutputOfAnyText.readAs(
        input,
        "ovs-vsctl show",
        "ovs-vsctl list interface",
        "ovs-vsctl list port",
        "ovs-vsctl list bridge",
        "ovsdb-client dump");
  }
}
