package io.packetwalk.proof.openflow;

import io.packetwalk.model.openflow.PortId;
import io.packetwalk.walk.openflow.ConnectionState;
import io.packetwalk.wire.decode.Encoder;
import io.packetwalk.wire.layer.Packet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ofproto/trace} on a switch of its own with one bridge. Some pipelines end Open vSwitch
 * itself; then there is no answer, and it is started again.
 */
final class TraceOracle implements AutoCloseable {
  static final String BRIDGE = "br0";

  private DummySwitch oracle;
  private Map<String, Integer> ports;
  private final List<String> macs;
  private String groups = "";
  private String flows = "";

  TraceOracle(Map<String, Integer> ports, List<String> macs)
      throws IOException, InterruptedException {
    this.ports = ports;
    this.macs = macs;
    this.oracle = DummySwitch.start();
    oracle.bridge(BRIDGE, ports);
  }

  DummySwitch running() {
    return oracle;
  }

  /** Replaces the bridge by one with other ports. */
  void bridge(Map<String, Integer> newPorts) throws IOException, InterruptedException {
    ports = newPorts;
    oracle.vsctl("del-br", BRIDGE);
    oracle.bridge(BRIDGE, ports);
  }

  /**
   * Replaces every flow and group.
   *
   * @return how many flows Open vSwitch doesn't take
   */
  int load(String newGroups, String newFlows) throws IOException, InterruptedException {
    groups = newGroups;
    flows = newFlows;
    oracle.run("ovs-ofctl", "-O", "OpenFlow15", "del-flows", BRIDGE);
    oracle.run("ovs-ofctl", "-O", "OpenFlow15", "del-groups", BRIDGE);
    if (!groups.isBlank()) {
      oracle.ofctl("add-groups", BRIDGE, groups);
    }
    int refused = oracle.flows(BRIDGE, flows);
    forget();
    return refused;
  }

  /** With ports {@code p1}, {@code p2}, … and two MAC addresses that were learned. */
  static TraceOracle numbered(int count) throws IOException, InterruptedException {
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (int port = 1; port <= count; port++) {
      ports.put("p" + port, port);
    }
    return new TraceOracle(ports, List.of("p3 0 02:00:00:00:00:01", "p2 2 02:00:00:00:00:02"));
  }

  /** A trace learns MAC addresses: each begins with the same ones. */
  private void forget() throws IOException {
    oracle.appctl("fdb/flush", BRIDGE);
    for (String mac : macs) {
      String[] words = mac.split(" ", -1);
      oracle.appctl("fdb/add", BRIDGE, words[0], words[1], words[2]);
    }
  }

  /**
   * What becomes of a packet.
   *
   * @param port its number
   * @param states what the connection tracker says, time after time
   */
  Optional<String> trace(Packet packet, int port, List<Integer> states)
      throws IOException, InterruptedException {
    return trace(packet, "in_port=" + PortId.of(port), states);
  }

  /**
   * What becomes of a packet.
   *
   * @param arrival its port and other metadata, as a flow writes them
   */
  Optional<String> trace(Packet packet, String arrival, List<Integer> states)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(BRIDGE, arrival));
    for (int state : states) {
      arguments.add("--ct-next");
      arguments.add(words(state));
    }
    arguments.add(Encoder.encode(packet).toHex());
    try {
      forget();
      return Optional.of(oracle.appctl("ofproto/trace", arguments.toArray(new String[0])));
    } catch (IOException gone) {
      restart();
      return Optional.empty();
    }
  }

  private void restart() throws IOException, InterruptedException {
    oracle.close();
    oracle = DummySwitch.start();
    oracle.bridge(BRIDGE, ports);
    load(groups, flows);
  }

  private static String words(int state) {
    List<String> words = new ArrayList<>();
    List<String> names = List.of("new", "est", "rel", "rpl", "inv", "trk");
    for (int bit = 0; bit < names.size(); bit++) {
      if ((state >> bit & 1) == 1) {
        words.add(names.get(bit));
      }
    }
    return String.join(",", words);
  }

  /** The data path's numbers of the ports. */
  Map<String, Integer> datapathPorts() throws IOException {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (String line : oracle.appctl("dpif/show").split("\n", -1)) {
      String[] words = line.strip().split("[ /:]+", 4);
      if (words.length >= 3 && words[2].matches("[0-9]+")) {
        numbers.put(words[0], Integer.parseInt(words[2]));
      }
    }
    return numbers;
  }

  /** What tells a bare tracked packet of each kind, for choosing among them. */
  static List<Integer> states() {
    return List.of(
        ConnectionState.TRACKED | ConnectionState.ESTABLISHED,
        ConnectionState.TRACKED | ConnectionState.ESTABLISHED | ConnectionState.REPLY,
        ConnectionState.TRACKED | ConnectionState.INVALID,
        ConnectionState.TRACKED | ConnectionState.NEW);
  }

  @Override
  public void close() throws IOException {
    oracle.close();
  }
}
