package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.PortId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Links and ports that a hash chooses: each is a way of its own. */
final class Choosing {
  private final Outputs outputs;

  Choosing(Outputs outputs) {
    this.outputs = outputs;
  }

  static void multipath(Site at, FlowAction.Multipath multipath) {
    List<Task> ways = new ArrayList<>();
    for (int link = 0; link < multipath.links(); link++) {
      int chosen = link;
      ways.add(
          at.later(site -> {
            FieldActions.write(site.pass(), multipath.to(), Bits.of(chosen));
            site.step(
                SwitchStep.Kind.OTHER,
                "link %d of %d is chosen".formatted(chosen, multipath.links()));
          }));
    }
    choose(at, HashInput.of(at.pass(), multipath, multipath.text()), ways);
  }

  void bundle(Site at, FlowAction.Bundle bundle) {
    List<PortId> live =
        bundle.members().stream().filter(port -> Liveness.mayBeUp(at.pass().tables, port)).toList();
    if (live.isEmpty()) {
      bundle.to().ifPresent(field -> FieldActions.write(at.pass(), field, Bits.of(0xffff)));
      return;
    }
    List<PortId> open = bundle.byHash() ? live : live.subList(0, 1);
    choose(
        at,
        HashInput.of(at.pass(), bundle, bundle.text()),
        open.stream().map(port -> at.later(site -> chosen(site, bundle, port))).toList());
  }

  private void chosen(Site at, FlowAction.Bundle bundle, PortId port) {
    at.step(SwitchStep.Kind.OTHER, "the bundle's port %s is chosen".formatted(port));
    int number = at.pass().tables.ports().number(port);
    if (bundle.to().isPresent()) {
      Bits value = Bits.of(Integer.toUnsignedLong(number));
      FieldActions.write(at.pass(), bundle.to().get(), value);
    } else {
      outputs.to(at, number);
    }
  }

  private static void choose(Site at, HashInput hash, List<Task> ways) {
    if (!ways.isEmpty()) {
      List<Double> shares = Collections.nCopies(ways.size(), 1.0 / ways.size());
      at.journey().chooseByHash(hash, shares, ways);
    }
  }
}
