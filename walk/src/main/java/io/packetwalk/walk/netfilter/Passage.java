package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * One way that a packet may pass a hook.
 *
 * @param weight the share of packets that take it
 * @param after the packet as it leaves the hook
 * @param ending how the packet ends here; empty when it goes on
 * @param remarks what was decided on the way, in order
 * @param reroutes where the packet was routed again on the way, because a chain had changed it
 */
public record Passage(
    double weight,
    InFlight after,
    Optional<Ending> ending,
    List<Remark> remarks,
    List<Reroute> reroutes,
    List<Assumption> assumptions) {
  public Passage {
    remarks = List.copyOf(remarks);
    reroutes = List.copyOf(reroutes);
    assumptions = List.copyOf(assumptions);
  }

  /**
   * The packet's end: dropped, rejected or undetermined, and why.
   *
   * @param with what the sender of a rejected packet gets, by the rule's own name for it
   */
  public record Ending(Verdict verdict, String reason, Optional<String> with) {
    public Ending(Verdict verdict, String reason) {
      this(verdict, reason, Optional.empty());
    }
  }

  /**
   * A decision of a rule.
   *
   * @param after the packet after it
   */
  public record Remark(Action action, String decision, List<Source> evidence, InFlight after) {
    public Remark {
      evidence = List.copyOf(evidence);
    }
  }

  /** The packet as a chain of OUTPUT has it routed again, and what was decided until then. */
  public record Reroute(List<Remark> remarks, InFlight packet) {
    public Reroute {
      remarks = List.copyOf(remarks);
    }
  }
}
