package io.packetwalk.read.kubernetes;

import io.packetwalk.model.cluster.ComputedGroup;
import io.packetwalk.model.cluster.ComputedPolicy;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.read.tree.Tree;
import io.packetwalk.read.tree.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code antctl get networkpolicy}, {@code addressgroup} and {@code appliedtogroup} as YAML
 * or JSON. Their tables leave out what matters.
 */
final class AntctlGetReader implements CommandReader {
  private static final Set<String> POLICIES =
      Set.of("networkpolicy", "networkpolicies", "netpol", "np");
  private static final Set<String> ADDRESS_GROUPS = Set.of("addressgroup", "addressgroups", "ag");
  private static final Set<String> APPLIED_TO_GROUPS =
      Set.of("appliedtogroup", "appliedtogroups", "atg");

  @Override
  public Optional<String> recognise(CommandRun run) {
    String what = resource(run);
    boolean known =
        POLICIES.contains(what)
            || ADDRESS_GROUPS.contains(what)
            || APPLIED_TO_GROUPS.contains(what);
    return known ? Optional.of("antctl get " + what) : Optional.empty();
  }

  /** What is asked for: {@code network-policy} in old releases. */
  private static String resource(CommandRun run) {
    boolean gets = run.word(0).equals("antctl") && run.word(1).equals("get");
    return gets ? run.word(2).replace("-", "").toLowerCase(Locale.ROOT) : "";
  }

  @Override
  public Reading read(CommandRun run) {
    Optional<Line> first = run.output().stream().filter(line -> !line.isBlank()).findFirst();
    if (first.isEmpty() || first.get().text().startsWith("NAME")) {
      return Reading.of();
    }
    List<Tree> objects = new ArrayList<>();
    var outcome = Trees.read(run.output(), () -> new Objects(objects));
    String what = resource(run);
    List<Reading.Unread> unread = new ArrayList<>(outcome.unread());
    if (POLICIES.contains(what)) {
      List<ComputedPolicy> policies =
          objects.stream().map(ComputedObjects::policy).flatMap(Optional::stream).toList();
      return new Reading(List.of(new Fact.ComputedPolicies(policies)), unread);
    }
    List<ComputedGroup> groups =
        objects.stream().map(ComputedObjects::group).flatMap(Optional::stream).toList();
    return new Reading(
        List.of(new Fact.ComputedGroups(ADDRESS_GROUPS.contains(what), groups)), unread);
  }

  /** Every object of every document, those of lists included. */
  private record Objects(List<Tree> objects) implements Trees.Visitor {
    @Override
    public void element(Tree tree, String listKind) {
      objects.add(tree);
    }

    @Override
    public void document(Tree tree) {
      objects.add(tree);
    }
  }
}
