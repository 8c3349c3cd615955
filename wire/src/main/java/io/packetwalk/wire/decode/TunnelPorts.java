package io.packetwalk.wire.decode;

import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Gtp;
import io.packetwalk.wire.layer.Gue;
import io.packetwalk.wire.layer.Stt;
import io.packetwalk.wire.layer.Vxlan;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which port is which tunnel: what the user or a state said first, then IANA's assignments. A port
 * that neither knows is judged by its bytes, and that is a guess.
 */
public final class TunnelPorts {
  private static final List<Tunnel> TUNNELS = List.of(Tunnel.values());
  private static final int STT = TUNNELS.indexOf(Tunnel.STT) + 1;

  private static final Map<Integer, Tunnel> ASSIGNED =
      Map.of(
          Gtp.PORT,
          Tunnel.GTP,
          4500,
          Tunnel.ESP,
          Vxlan.PORT,
          Tunnel.VXLAN,
          4790,
          Tunnel.VXLAN_GPE,
          Gue.PORT,
          Tunnel.GUE,
          Geneve.PORT,
          Tunnel.GENEVE,
          6635,
          Tunnel.MPLS,
          Stt.PORT,
          Tunnel.STT);

  /** IANA's assignments, and guesses for everything else. */
  public static final TunnelPorts STANDARD = new TunnelPorts(Map.of(), true);

  private final Map<Integer, Tunnel> told;
  private final boolean guessing;
  private final byte[] byPort = new byte[1 << 16];
  private final BitSet byWord = new BitSet();

  private TunnelPorts(Map<Integer, Tunnel> told, boolean guessing) {
    this.told = Collections.unmodifiableMap(new TreeMap<>(told));
    this.guessing = guessing;
    ASSIGNED.forEach(this::fill);
    this.told.forEach(this::fill);
    this.told.keySet().forEach(byWord::set);
  }

  private void fill(int port, Tunnel tunnel) {
    byPort[port] = (byte) (TUNNELS.indexOf(tunnel) + 1);
  }

  /** These ports with one more, which an option or a state told. */
  public TunnelPorts with(int port, Tunnel tunnel) {
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port " + port);
    }
    Map<Integer, Tunnel> more = new TreeMap<>(told);
    more.put(port, tunnel);
    return new TunnelPorts(more, guessing);
  }

  /** These ports, and nothing is guessed about others. */
  public TunnelPorts withoutGuesses() {
    return new TunnelPorts(told, false);
  }

  /** The tunnel of this port, when it was told or assigned. */
  public Optional<Tunnel> at(int port) {
    int index = indexAt(port);
    return index == 0 ? Optional.empty() : Optional.of(TUNNELS.get(index - 1));
  }

  boolean isStt(int port) {
    return byPort[port] == STT;
  }

  /** One more than the tunnel's place among all; zero when the port has none. */
  int indexAt(int port) {
    return byPort[port];
  }

  boolean guessing() {
    return guessing;
  }

  /** Whether an option or a state told what this port is. */
  boolean isTold(int port) {
    return byWord.get(port);
  }
}
