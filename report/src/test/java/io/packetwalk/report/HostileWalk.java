package io.packetwalk.report;

import static io.packetwalk.report.SampleCluster.CART;
import static io.packetwalk.report.SampleCluster.echo;
import static io.packetwalk.report.SampleCluster.source;
import static io.packetwalk.report.SampleCluster.step;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Optional;

/** A packet that meets a hostile state: names and lines that would drive a terminal. */
final class HostileWalk {
  private HostileWalk() {}

  static Walk walk() {
    return of("blackhole");
  }

  /** The same, whose decision is this text. */
  static Walk of(String decision) {
    NamespaceId place = new NamespaceId("wor\u001b[2Jker", "pod:shop/\u202egnp.exe");
    Packet packet = echo(64);
    Branch dropped =
        new Branch(
            1,
            Verdict.DROPPED,
            "a blackhole\u0007 route",
            List.of(
                step(
                    place,
                    "eth\u009b31m0",
                    Stage.ROUTE,
                    Action.DROP,
                    decision,
                    packet,
                    source("a\u001b]0;title\u0007.txt", 7, "blackhole\t10.0.0.0/8\u001b[31m"))),
            List.of());
    Question question =
        new Question(
            new Origin.Inside(place),
            CART,
            Optional.empty(),
            new Probe.IcmpMessage(8, 0, 1, 1, 56),
            64);
    return new Walk(question, new Direction(List.of(dropped)), Optional.empty());
  }
}
