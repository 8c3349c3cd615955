package io.packetwalk.correlate.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.correlate.match.RandomTraffic.Kind;
import io.packetwalk.correlate.match.RandomTraffic.Score;
import java.util.List;
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
    for (Kind kind : List.of(Kind.TCP, Kind.TCP_AGAIN, Kind.TCP_CUT)) {
      assertThat(scores)
          .hasEntrySatisfying(
              kind, score -> assertThat(score).as("%s", kind).isEqualTo(allRight(score)));
    }
  }

  private static Score allRight(Score score) {
    return new Score(score.sightings(), score.sightings(), 0, 0, 0);
  }
}
