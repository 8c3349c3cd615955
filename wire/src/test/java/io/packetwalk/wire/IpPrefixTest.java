package io.packetwalk.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {
  @ParameterizedTest
  @CsvSource({
    "10.1.2.3/24, 10.1.2.0/24",
    "10.1.2.3, 10.1.2.3/32",
    "10.0/16, 10.0.0.0/16",
    "192.168.1.77/255.255.255.192, 192.168.1.64/26",
    "1.2.3.4/0, 0.0.0.0/0",
    "2001:db8::ffff/64, 2001:db8::/64",
    "2001:db8:0:ffff::1/62, 2001:db8:0:fffc::/62",
    "::1/128, ::1/128",
    "ffff::1/0, ::/0"
  })
  void host_bits_are_dropped(String input, String prefix) {
    assertThat(IpPrefix.of(input)).hasToString(prefix);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/x",
        "::/129",
        "10.0.0.0/",
        "10.0.0.0/255.0.255.0",
        "::/255.255.0.0",
        "10.0.0.0/9999999999"
      })
  void what_is_not_a_prefix_is_no_prefix(String text) {
    assertThat(IpPrefix.parse(text)).isEmpty();
  }

  @Test
  void a_block_contains_its_first_and_last_address_and_no_neighbour() {
    IpPrefix block = IpPrefix.of("10.244.235.128/26");
    assertThat(block.contains(IpAddress.of("10.244.235.128"))).isTrue();
    assertThat(block.contains(IpAddress.of("10.244.235.191"))).isTrue();
    assertThat(block.contains(IpAddress.of("10.244.235.127"))).isFalse();
    assertThat(block.contains(IpAddress.of("10.244.235.192"))).isFalse();
    assertThat(block.contains(IpAddress.of("::a:f4"))).isFalse();
  }

  @Test
  void blocks_overlap_when_one_is_in_the_other() {
    IpPrefix wide = IpPrefix.of("fd00::/8");
    IpPrefix narrow = IpPrefix.of("fd12::/64");
    assertThat(wide.overlaps(narrow)).isTrue();
    assertThat(narrow.overlaps(wide)).isTrue();
    assertThat(narrow.contains(wide)).isFalse();
    assertThat(narrow.overlaps(IpPrefix.of("fd13::/64"))).isFalse();
    assertThat(IpPrefix.all(IpFamily.IPV4).overlaps(wide)).isFalse();
  }

  @Test
  void a_length_beyond_the_address_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IpPrefix(IpAddress.of("10.0.0.0"), 33));
  }
}
