package io.packetwalk.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.report.text.Paper;
import io.packetwalk.report.walk.WalkText;
import io.packetwalk.report.walk.WalkText.Detail;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Walk;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalkTextTest {
  static final Asked ASKED = new Asked("shop/api-7c9f8d6b54-x2k4p", "10.244.189.69");

  @Test
  void a_tunnelled_walk_reads_like_this_in_80_columns() {
    Golden.check("ip-in-ip-80.txt", text(IpInIpWalk.walk(), paper(80), false));
  }

  @Test
  void a_tunnelled_walk_reads_like_this_in_40_columns() {
    Golden.check("ip-in-ip-40.txt", text(IpInIpWalk.walk(), paper(40), false));
  }

  @Test
  void evidence_stands_at_the_right_where_there_is_room() {
    Golden.check("ip-in-ip-160.txt", text(IpInIpWalk.walk(), paper(160), false));
  }

  @Test
  void every_step_and_header_field_is_shown_when_asked_for() {
    Golden.check("ip-in-ip-verbose.txt", text(IpInIpWalk.walk(), paper(100), true));
  }

  @Test
  void branches_part_where_their_steps_do() {
    Golden.check("service-80.txt", text(ServiceWalk.walk(), paper(80), false));
  }

  @Test
  void colours_are_control_sequences() {
    String text = text(IpInIpWalk.walk(), new Paper(80, true, false), false);
    Golden.check("ip-in-ip-colour.txt", text);
  }

  @Test
  void ascii_has_a_character_for_each_line_of_the_picture() {
    String text = text(IpInIpWalk.walk(), new Paper(80, false, true), false);
    assertThat(text).matches("\\p{ASCII}*");
    Golden.check("ip-in-ip-ascii.txt", text);
  }

  @Test
  void a_lost_ack_of_the_handshake_is_told_beside_the_verdict() {
    assertThat(text(completed(IpInIpWalk.walk(), HostileWalk.walk().forward()), paper(200), false))
        .contains("but      no connection comes about, the handshake's ACK is dropped: ")
        .contains("The handshake's ACK  dropped: ");
  }

  @Test
  void an_ack_of_the_handshake_that_arrives_is_not_told() {
    assertThat(text(completed(IpInIpWalk.walk(), IpInIpWalk.walk().forward()), paper(200), false))
        .isEqualTo(text(IpInIpWalk.walk(), paper(200), false));
  }

  private static Walk completed(Walk walk, Direction completion) {
    return new Walk(
        walk.question(), walk.forward(), walk.reply(), walk.error(), Optional.of(completion));
  }

  @Test
  void nothing_of_a_state_reaches_the_terminal_as_a_command() {
    String text = text(HostileWalk.walk(), paper(80), true);
    assertThat(text).matches("[\\P{C}\\n]*");
    Golden.check("hostile.txt", text);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 47, 60, 69, 70, 80, 100, 149, 150, 200, 400})
  void no_line_is_longer_than_the_paper_is_wide(int columns) {
    for (Walk walk : new Walk[] {IpInIpWalk.walk(), ServiceWalk.walk()}) {
      for (boolean verbose : new boolean[] {false, true}) {
        assertThat(text(walk, paper(columns), verbose).lines())
            .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
      }
    }
  }

  private static Paper paper(int columns) {
    return new Paper(columns, false, false);
  }

  private static String text(Walk walk, Paper paper, boolean verbose) {
    Names names = new Names(SampleCluster.snapshot());
    return new WalkText(names, paper, new Detail(verbose, false)).of(walk, ASKED);
  }
}
