package io.packetwalk.gather;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomsTest {
  @Test
  void a_namespace_without_a_name_is_entered_by_its_first_process() {
    String listed =
        """
        4026531840    1
        4026532281 4711
        4026532281 4712
        4026532400 5000 /run/netns/cni-1
        4026532500      /run/netns/idle
        """;
    assertThat(Rooms.unnamed(listed, "net:[4026531840]")).containsExactly(Room.ofProcess(4711));
  }
}
