package io.packetwalk.read.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputShapeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          2: eth0: <BROADCAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP                ; ip link
          3: eth0@if7: <BROADCAST,UP,LOWER_UP> mtu 1450/    inet 10.0.0.2/24 scope global eth0 ; ip address
          2: eth0    inet 10.0.0.2/24 brd 10.0.0.255 scope global eth0               ; ip -o address
          eth0             UP             10.0.0.2/24                                ; ip -br address
          eth0             UP             02:00:00:00:00:02 <BROADCAST,UP,LOWER_UP>  ; ip -br link
          eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500                 ; ifconfig
          eth0   Link encap:Ethernet HWaddr BE:f5:10:48:84:E4                        ; ifconfig
          default via 10.0.0.1 dev eth0                                              ; ip route
          10.0.0.7 dev eth0 lladdr 02:00:00:00:00:07 REACHABLE                       ; ip neigh
          0:      from all lookup local                                              ; ip rule
          10.0.0.0   0.0.0.0   255.255.255.0   U   0   0   0 eth0                    ; route -n
          Features for eth0:/rx-checksumming: on                                     ; ethtool -k
          02:00:00:00:00:07 dev vxlan0 dst 10.0.0.7 self permanent                   ; bridge fdb show
          *nat/-A POSTROUTING -s fd00::/64 -j MASQUERADE                             ; ip6tables-save
          *nat/-A POSTROUTING -s 10.0.0.0/8 -j MASQUERADE                            ; iptables-save
          """)
  void an_output_is_known_by_its_looks(String output, String command) {
    List<Line> lines =
        List.of(output.split("/(?=[ a-z-])")).stream().map(text -> new Line("f", 1, text)).toList();
    assertThat(OutputShape.recognise(lines).map(shape -> String.join(" ", shape.words())))
        .hasValue(command);
  }
}
