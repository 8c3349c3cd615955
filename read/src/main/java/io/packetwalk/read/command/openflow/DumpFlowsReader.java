package io.packetwalk.read.command.openflow;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.SwitchFact;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
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
    List<Flow> flows = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    boolean replied = false;
    for (Joined line : Joined.of(run.output())) {
      replied |= isHeader(line.text());
      if (line.text().isBlank() || isHeader(line.text())) {
        continue;
      }
      Optional<Flow> flow = FlowLine.parse(line.text(), line.first().source());
      flow.ifPresent(flows::add);
      if (flow.isEmpty()) {
        unread.add(new Reading.Unread(line.first(), "not a flow: " + reason(line.text())));
      }
    }
    boolean nothing = flows.isEmpty() && !unread.isEmpty();
    if (nothing || command.isEmpty()) {
      return new Reading(List.of(), unread);
    }
    boolean whole = !run.gap() && unread.isEmpty() && !command.get().isFiltered();
    // Output without a command may be any part of a switch's tables.
    boolean asked = !command.get().bridge().isEmpty() || replied;
    Coverage coverage = whole && asked ? Coverage.COMPLETE : Coverage.PARTIAL;
    Listing<Flow> listing = new Listing<>(coverage, flows, List.of(run.prompt().source()));
    return new Reading(
        List.of(
            new Fact.OfSwitch(
                command.get().bridge(), new SwitchFact.Flows(command.get().table(), listing))),
        unread);
  }

  private static boolean isHeader(String text) {
    String line = text.strip();
    return (line.startsWith("NXST_FLOW") || line.startsWith("OFPST_FLOW"))
        && !line.contains("actions=");
  }

  private static String reason(String text) {
    if (FlowLine.actionsAt(text) < 0) {
      return "it has no actions";
    }
    return Split.isBalanced(text)
        ? "its table or priority is no number"
        : "a parenthesis or quote isn't closed";
  }

  /** A line with those that continue it behind a backslash. */
  record Joined(Line first, String text) {
    private static final int LONGEST = 1 << 20;

    static List<Joined> of(List<Line> lines) {
      List<Joined> joined = new ArrayList<>();
      for (int index = 0; index < lines.size(); index++) {
        Line first = lines.get(index);
        String text = first.text();
        while (text.endsWith("\\") && index + 1 < lines.size() && text.length() < LONGEST) {
          index++;
          text = text.substring(0, text.length() - 1).strip() + lines.get(index).text().strip();
        }
        joined.add(new Joined(first, text));
      }
      return joined;
    }
  }
}
