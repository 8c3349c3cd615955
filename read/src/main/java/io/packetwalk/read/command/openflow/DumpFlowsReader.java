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

/**
 * Reads {@code ovs-ofctl dump-flows}, of one table or all, with and without statistics, and {@code
 * ovs-appctl bridge/dump-flows}.
 */
final class DumpFlowsReader implements CommandReader {
  private static final String DAEMONS_OWN = "ovs-appctl bridge/dump-flows";

  @Override
  public Optional<String> recognise(CommandRun run) {
    return command(run)
        .map(command -> run.word(0).equals("ovs-ofctl") ? "ovs-ofctl dump-flows" : DAEMONS_OWN);
  }

  /** The daemon shows the flows that are its own as well. */
  private static Optional<OfctlCommand> command(CommandRun run) {
    return AppctlCommand.of(run)
        .filter(command -> command.name().equals("bridge/dump-flows"))
        .map(command -> new OfctlCommand("dump-flows", command.first(), ""))
        .or(() -> OfctlCommand.of(run))
        .filter(command -> command.name().equals("dump-flows"));
  }

  @Override
  public Reading read(CommandRun run) {
    Optional<OfctlCommand> command = command(run);
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
