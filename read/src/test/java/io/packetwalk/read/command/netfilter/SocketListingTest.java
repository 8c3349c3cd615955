package io.packetwalk.read.command.netfilter;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a listing leaves sockets out, a port that isn't in it may have one. */
class SocketListingTest {
  private static final String SS =
      "Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port\n"
          + "tcp   LISTEN 0      64      127.0.0.1:8080      0.0.0.0:*\n";
  private static final String NETSTAT =
      "Proto Recv-Q Send-Q Local Address           Foreign Address         State\n"
          + "tcp        0      0 127.0.0.1:10248         0.0.0.0:*               LISTEN\n";

  @ParameterizedTest
  @CsvSource({
    "ss -lntu, true",
    "ss -4lntu, false",
    "ss -lntu6, false",
    "ss -lnt, false",
    "ss -lntu sport = :80, false",
    "netstat -tuln, true",
    "netstat -tuln4, false",
    "netstat -tuln --inet6, false",
    "netstat -tln, false",
    "netstat -tul, false",
  })
  void only_a_listing_of_all_families_and_protocols_is_complete(String command, boolean complete) {
    String output = command.startsWith("ss") ? SS : NETSTAT;
    assertThat(isComplete(command, output)).isEqualTo(complete);
  }

  @ParameterizedTest
  @CsvSource("tcp6       0      0 2001:db8:aaaa:bbbb:cccc :::*                    LISTEN")
  void an_address_that_netstat_has_cut_off_leaves_a_socket_out(String row) {
    assertThat(isComplete("netstat -tuln", NETSTAT + row + "\n")).isFalse();
  }

  private static boolean isComplete(String command, String output) {
    String text = "root@n1:~# " + command + "\n" + output;
    return Objects.requireNonNull(
            StateReader.read(StateFiles.of("n1.txt", text))
                .namespaces()
                .get(NamespaceId.host("n1")))
        .sockets()
        .isComplete();
  }
}
