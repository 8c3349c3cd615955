package io.packetwalk.read.command.nft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.packetwalk.model.netfilter.Match;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomShareTest {
  @ParameterizedTest
  @CsvSource({
    "meta random & 2147483647 < 1073741824, 0.5",
    "meta random & 0x7fffffff < 0x2aaaaaab, 0.3333",
    "meta random & 2147483647 >= 1073741824, 0.5",
    "meta random < 1073741824, 0.25",
    "meta random & 0xff <= 255, 1",
    "meta random & 0xf > 3, 0.75",
  })
  void a_comparison_of_random_bits_is_a_share_of_the_packets(String condition, double share) {
    Optional<Match> match = RandomShare.of(condition);
    assertThat(match).get().isInstanceOf(Match.Chance.class);
    assertThat(((Match.Chance) match.orElseThrow()).probability()).isEqualTo(share, within(0.001));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "meta random & 5 < 3",
        "meta random == 3",
        "meta random & zz < 3",
        "meta mark & 0xff < 3",
        "meta random & 2147483647 < 99999999999999999999",
      })
  void anything_else_is_none(String condition) {
    assertThat(RandomShare.of(condition)).isEmpty();
  }
}
