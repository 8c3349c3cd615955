package io.packetwalk.walk.netfilter;

import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.RuleRun.Outcome;
import io.packetwalk.wire.layer.IpProtocol;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Gives packets to transparent sockets (net/netfilter/xt_TPROXY.c, nft_tproxy.c). Whether they get
 * there routing decides, by their mark as a rule: one that is forwarded is dropped (ip_forward).
 */
final class Interception {
  private final Site site;
  private final Surroundings surroundings;

  Interception(Site site, Surroundings surroundings) {
    this.site = site;
    this.surroundings = surroundings;
  }

  List<Outcome> apply(Statement.Intercept intercept, Rule rule, Position position, Trial trial) {
    InFlight packet = trial.packet();
    int protocol = Headers.ip(packet.packet()).protocol();
    OptionalInt own = Headers.destinationPort(packet.packet());
    if ((protocol != IpProtocol.TCP && protocol != IpProtocol.UDP) || own.isEmpty()) {
      return Effects.one(trial, Move.BREAK);
    }
    int port = intercept.port().orElse(own.getAsInt());
    Optional<Boolean> waits = surroundings.isWaitedFor(packet, intercept.address(), port);
    if (waits.isPresent() && !waits.get()) {
      return intercept.orDrop()
          ? Effects.one(missing(port, rule, position, trial), Move.END)
          : Effects.one(trial, Move.BREAK);
    }
    String told = "given to the socket at port " + port + ", whatever address it is for";
    Site.Decision decision = site.decision(told, rule, position);
    Trial given =
        trial
            .assuming(transparent(port, waits.isPresent()))
            .with(packet.withArrival(packet.arrival().interceptedAt(port)))
            .remarking(Action.CLASSIFY, decision.text(), decision.evidence());
    return Effects.one(given, Move.NEXT);
  }

  private Trial missing(int port, Rule rule, Position position, Trial trial) {
    String told = "dropped, since no socket waits at port " + port;
    Site.Decision decision = site.decision(told, rule, position);
    return trial
        .remarking(Action.DROP, decision.text(), decision.evidence())
        .ending(Verdict.DROPPED, decision.text());
  }

  private Assumption transparent(int port, boolean shown) {
    String what =
        shown
            ? "the socket at port " + port + " of " + site.place() + " is transparent"
            : "a transparent socket waits at port " + port + " of " + site.place();
    return new Assumption(what, Commands.in(site.place(), "ss -lntup --inet-sockopt"));
  }
}
