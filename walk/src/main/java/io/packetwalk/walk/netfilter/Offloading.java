package io.packetwalk.walk.netfilter;

import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.netfilter.RuleRun.Outcome;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Tcp;
import java.util.List;
import java.util.OptionalInt;

/**
 * Hands connections to a flowtable (net/netfilter/nft_flow_offload.c). A packet whose connection
 * can't be handed over yet, a first one above all, leaves the rule there.
 */
final class Offloading {
  private Offloading() {}

  static List<Outcome> apply(
      Site site, String flowtable, Trial trial, Rule rule, Position position) {
    boolean established =
        trial
            .packet()
            .tracking()
            .attachment(site.place())
            .filter(attachment -> attachment.state() == Tracking.State.ESTABLISHED)
            .isPresent();
    if (!established || !isCarried(trial)) {
      return Effects.one(trial, Move.BREAK);
    }
    String decision =
        site.path(position)
            + ": later packets of the connection may take the short cut of the flowtable "
            + flowtable
            + ", past the hooks";
    return Effects.one(
        trial.remarking(Action.CLASSIFY, decision, position.evidence(rule)), Move.NEXT);
  }

  /** UDP, and TCP between its handshake and its end. */
  private static boolean isCarried(Trial trial) {
    int protocol = Headers.ip(trial.packet().packet()).protocol();
    OptionalInt flags = Headers.tcpFlags(trial.packet().packet());
    int deciding = Tcp.SYN | Tcp.FIN | Tcp.RST;
    return protocol == IpProtocol.UDP || (flags.isPresent() && (flags.getAsInt() & deciding) == 0);
  }
}
