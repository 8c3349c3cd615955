package io.packetwalk.read.command.openflow;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.SwitchFact;
import io.packetwalk.read.transcript.CommandRun;
import java.util.List;
import java.util.Optional;

/** Reads {@code ovs-ofctl dump-flows}: of one table or all, with and without statistics. */
final class DumpFlowsReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    return OfctlCommand.of(run)
        .filter(command -> command.name().equals("dump-flows"))
        .map(command -> "ovs-ofctl dump-flows");
  }

  @Override
  public Reading read(CommandRun run) {
    Optional<OfctlCommand> command = OfctlCommand.of(run);
    FlowDump dump = FlowDump.of(run.output());
    List<Flow> flows = dump.flows();
    List<Reading.Unread> unread = dump.unread();
    boolean nothing = flows.isEmpty() && !unread.isEmpty();
    boolean failed = flows.isEmpty() && run.gap();
    if (nothing || failed || command.isEmpty()) {
      return new Reading(List.of(), unread);
    }
    boolean whole = !run.gap() && unread.isEmpty() && !command.get().isFiltered();
    // Output without a command may be any part of a switch's tables.
    boolean asked = !command.get().bridge().isEmpty() || dump.replied();
    Coverage coverage = whole && asked ? Coverage.COMPLETE : Coverage.PARTIAL;
    Listing<Flow> listing = new Listing<>(coverage, flows, List.of(run.prompt().source()));
    return new Reading(
        List.of(
            new Fact.OfSwitch(
                command.get().bridge(), new SwitchFact.Flows(command.get().table(), listing))),
        unread);
  }
}
