package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.RulePart;
import io.packetwalk.model.netfilter.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Values that rules write, into packets and beside them. */
final class Assignments {
  private static final Set<Field> WRITABLE =
      Set.of(
          Field.MARK,
          Field.CONNECTION_MARK,
          Field.CONNECTION_ZONE,
          Field.DSCP,
          Field.ECN,
          Field.HOP_LIMIT,
          Field.SOURCE_ADDRESS,
          Field.DESTINATION_ADDRESS,
          Field.SOURCE_PORT,
          Field.DESTINATION_PORT);

  private Assignments() {}

  static List<RulePart> of(Expression target, Expression value, String text) {
    List<RulePart> parts = new ArrayList<>(target.implied());
    value.implied().stream().filter(match -> !parts.contains(match)).forEach(parts::add);
    Optional<Field> field = StatementReader.field(target).filter(WRITABLE::contains);
    if (field.isPresent()) {
      parts.add(new Statement.Write(field.get(), value.operand()));
    } else if (isWithoutConsequence(target.text())) {
      parts.add(new Statement.Aside(text));
    } else {
      parts.add(new Statement.Unreadable(text));
    }
    return parts;
  }

  /** What changes neither where the packet goes nor what rules decide about it. */
  private static boolean isWithoutConsequence(String target) {
    String bare = target.startsWith("meta ") ? target.substring(5) : target;
    return bare.equals("priority")
        || bare.equals("nftrace")
        || bare.equals("secmark")
        || bare.startsWith("tcp option")
        || bare.equals("ip id")
        || bare.equals("udp checksum")
        || bare.equals("ip checksum")
        || bare.equals("ip6 flowlabel");
  }
}
