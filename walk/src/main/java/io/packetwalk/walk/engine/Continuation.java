package io.packetwalk.walk.engine;

import io.packetwalk.walk.Branch;
import io.packetwalk.walk.netfilter.InFlight;
import java.util.List;

/** Where a packet goes on after a stage that may have changed it. */
@FunctionalInterface
interface Continuation {
  List<Branch> go(Trail trail, InFlight packet);
}
