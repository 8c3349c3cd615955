package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.SetReference;
import io.packetwalk.model.netfilter.Statement;
import java.util.ArrayList;
import java.util.List;

/** The target {@code SET}, which enters packets into sets and takes them out. */
final class SetTarget {
  private SetTarget() {}

  /** {@code --map-set} takes marks and priorities from a set: what they are isn't read. */
  static List<Statement> read(Extension target) {
    List<Statement> changes = new ArrayList<>();
    for (Option option : target.options()) {
      boolean add = option.name().equals("--add-set");
      boolean change = add || option.name().equals("--del-set");
      if (option.name().equals("--map-set") || (change && option.values().size() < 2)) {
        return List.of(new Statement.Unreadable("-j " + target.text()));
      }
      if (change) {
        changes.add(
            new Statement.ChangeSet(
                new SetReference.IpSet(option.value()),
                SetKeys.of(option.values().get(1)),
                !add,
                target.text()));
      }
    }
    return List.copyOf(changes);
  }
}
