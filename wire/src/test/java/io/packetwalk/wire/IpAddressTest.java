package io.packetwalk.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  @ParameterizedTest
  @CsvSource({
    "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "FE80::ECEE:EEFF:FEEE:EEEE, fe80::ecee:eeff:feee:eeee",
    "1::, 1::",
    "::ffff:192.0.2.1, ::ffff:192.0.2.1",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0"
  })
  void ipv6_text_is_that_of_rfc_5952(String input, String canonical) {
    assertThat(IpAddress.of(input)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.1000",
        "1.2.3.-4",
        " 1.2.3.4",
        "1.2.3.4 ",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "::1.2.3",
        "::1.2.3.4.5",
        "fe80::1%eth0",
        "1:2:3:4:5:6:7:1.2.3.4",
        "g::",
        "١.2.3.4",
        "1:2:3:4::5:6:7:8"
      })
  void what_is_not_an_address_is_no_address(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @Test
  void the_bytes_are_in_network_order() {
    assertThat(IpAddress.of("10.1.2.3").toBytes().toHex()).isEqualTo("0a010203");
    assertThat(IpAddress.of("2001:db8::a:1").toBytes().toHex())
        .isEqualTo("20010db80000000000000000000a0001");
  }

  @Test
  void text_and_the_jdk_name_the_same_bytes() throws UnknownHostException {
    Random random = new Random(20_251_122);
    for (int round = 0; round < 10_000; round++) {
      IpAddress address = IpAddress.ofIpv6(sparse(random), sparse(random));
      byte[] theirs = InetAddress.getByName(address.toString()).getAddress();
      boolean mapped = theirs.length == 4;
      assertThat(IpAddress.of(address.toString())).isEqualTo(address);
      if (!mapped) {
        assertThat(Bytes.of(theirs)).isEqualTo(address.toBytes());
      }
    }
  }

  /** A word with runs of zero groups, as addresses have. */
  private static long sparse(Random random) {
    long word = 0;
    for (int group = 0; group < 4; group++) {
      word = word << 16 | (random.nextInt(3) == 0 ? random.nextInt(1 << 16) : 0);
    }
    return word;
  }

  @Test
  void addresses_sort_by_family_and_unsigned_value() {
    assertThat(IpAddress.of("9.0.0.0")).isLessThan(IpAddress.of("200.0.0.0"));
    assertThat(IpAddress.of("255.255.255.255")).isLessThan(IpAddress.of("::"));
    assertThat(IpAddress.of("7fff::")).isLessThan(IpAddress.of("8000::"));
  }

  @Test
  void kinds_of_addresses_are_told_apart() {
    assertThat(IpAddress.of("169.254.1.1").isLinkLocal()).isTrue();
    assertThat(IpAddress.of("fe80::1").isLinkLocal()).isTrue();
    assertThat(IpAddress.of("fec0::1").isLinkLocal()).isFalse();
    assertThat(IpAddress.of("239.1.1.1").isMulticast()).isTrue();
    assertThat(IpAddress.of("240.1.1.1").isMulticast()).isFalse();
    assertThat(IpAddress.of("ff02::1").isMulticast()).isTrue();
    assertThat(IpAddress.of("127.8.8.8").isLoopback()).isTrue();
    assertThat(IpAddress.of("::1").isLoopback()).isTrue();
    assertThat(IpAddress.of("255.255.255.255").isLimitedBroadcast()).isTrue();
  }
}
