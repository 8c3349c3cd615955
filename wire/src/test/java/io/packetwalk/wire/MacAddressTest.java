package io.packetwalk.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
  @ParameterizedTest
  @CsvSource({
    "ee:ee:ee:ee:ee:ee, ee:ee:ee:ee:ee:ee",
    "0:1:2:3A:b:FF, 00:01:02:3a:0b:ff",
    "00-11-22-33-44-55, 00:11:22:33:44:55"
  })
  void text_has_two_digits_an_octet(String input, String canonical) {
    assertThat(MacAddress.of(input)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1:2:3:4:5",
        "1:2:3:4:5:6:7",
        "g:2:3:4:5:6",
        "111:2:3:4:5:6",
        ":::::",
        "+1:2:3:4:5:6",
        "00:11:22:33:44:55:66:77"
      })
  void what_is_not_an_address_is_no_address(String text) {
    assertThat(MacAddress.parse(text)).isEmpty();
  }

  @Test
  void a_group_address_has_the_lowest_bit_of_the_first_octet() {
    assertThat(MacAddress.BROADCAST.isGroup()).isTrue();
    assertThat(MacAddress.of("01:00:5e:00:00:01").isGroup()).isTrue();
    assertThat(MacAddress.of("02:00:5e:00:00:01").isGroup()).isFalse();
  }

  @Test
  void multicast_groups_have_their_own_link_address() {
    assertThat(MacAddress.ofMulticast(IpAddress.of("224.128.1.2")))
        .hasToString("01:00:5e:00:01:02");
    assertThat(MacAddress.ofMulticast(IpAddress.of("ff02::1:ff28:9c5a")))
        .hasToString("33:33:ff:28:9c:5a");
  }

  @Test
  void more_than_48_bits_are_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress(1L << 48));
  }
}
