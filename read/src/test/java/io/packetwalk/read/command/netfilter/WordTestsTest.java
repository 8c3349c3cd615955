package io.packetwalk.read.command.netfilter;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.netfilter.WordTest;
import io.packetwalk.model.netfilter.WordTest.Kind;
import io.packetwalk.model.netfilter.WordTest.Range;
import io.packetwalk.model.netfilter.WordTest.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordTestsTest {
  @Test
  void tests_are_a_place_what_is_made_of_it_and_ranges() {
    assertThat(WordTests.parse("6&0xFF=0x6 && 0 >> 22 & 0x3C @ 010 << 1 = 1:0x2F,9"))
        .contains(
            List.of(
                new WordTest(6, List.of(new Step(Kind.AND, 0xff)), List.of(new Range(6, 6))),
                new WordTest(
                    0,
                    List.of(
                        new Step(Kind.RIGHT, 22),
                        new Step(Kind.AND, 0x3c),
                        new Step(Kind.MOVE, 8),
                        new Step(Kind.LEFT, 1)),
                    List.of(new Range(1, 0x2f), new Range(9, 9)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "6",
        "6=",
        "=1",
        "6&=1",
        "6|1=1",
        "0x1FFFFFFFF=1",
        "09=1",
        "6=1:",
        "6=1&&",
        "6 7=1",
        "1=1&&1=1&&1=1&&1=1&&1=1&&1=1&&1=1&&1=1&&1=1&&1=1&&1=1"
      })
  void anything_else_is_none(String text) {
    assertThat(WordTests.parse(text)).isEmpty();
  }
}
