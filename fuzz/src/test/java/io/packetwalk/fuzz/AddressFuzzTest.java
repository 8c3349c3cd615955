package io.packetwalk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import io.packetwalk.wire.MacAddress;

/** Addresses in any text: what is understood is written in a form that means the same. */
class AddressFuzzTest {
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void an_address_keeps_its_meaning_when_it_is_written_and_read_again(byte[] input) {
    String text = InputText.of(input);
    IpAddress.parse(text)
        .ifPresent(address -> assertThat(IpAddress.parse(address.toString())).contains(address));
    IpPrefix.parse(text)
        .ifPresent(prefix -> assertThat(IpPrefix.parse(prefix.toString())).contains(prefix));
    MacAddress.parse(text)
        .ifPresent(address -> assertThat(MacAddress.parse(address.toString())).contains(address));
  }
}
