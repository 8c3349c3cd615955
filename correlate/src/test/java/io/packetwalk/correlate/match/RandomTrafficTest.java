package io.packetwalk.correlate.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.correlate.match.RandomTraffic.Kind;
import io.packetwalk.correlate.match.RandomTraffic.Score;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RandomTrafficTest {
  private static final long SEED = 20_261_128;

  @Test
  void what_is_put_together_with_confidence_is_right() {
    RandomTraffic traffic = new RandomTraffic(SEED);
    traffic.send(3_000, 60);
    Map<Kind, Score> scores = traffic.score();
    System.out.println("seed " + SEED + ": " + scores);
    assertThat(scores.values()).allMatch(score -> score.wrongForSure() == 0);
    assertThat(scores.get(Kind.TCP)).isEqualTo(allRight(scores.get(Kind.TCP)));
    assertThat(scores.get(Kind.TCP_AGAIN)).isEqualTo(allRight(scores.get(Kind.TCP_AGAIN)));
    assertThat(scores.get(Kind.TCP_CUT)).isEqualTo(allRight(scores.get(Kind.TCP_CUT)));
  }

  private static Score allRight(Score score) {
    return new Score(score.sightings(), score.sightings(), 0, 0, 0);
  }
}
