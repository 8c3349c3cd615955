package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.BaseHook;
import io.packetwalk.model.netfilter.BaseHook.Policy;
import io.packetwalk.model.netfilter.ChainType;
import io.packetwalk.model.netfilter.HookPoint;
import io.packetwalk.model.netfilter.TableFamily;
import io.packetwalk.read.command.netfilter.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads {@code type filter hook ingress device "eth0" priority filter + 10; policy accept;}.
 *
 * <p>The names of priorities are those of libnftables ({@code std_prio_lookup}).
 */
final class HookLine {
  private final Cursor cursor;
  private final TableFamily family;

  private HookLine(Cursor cursor, TableFamily family) {
    this.cursor = cursor;
    this.family = family;
  }

  static Optional<BaseHook> read(List<Token> words, TableFamily family) {
    return new HookLine(new Cursor(words), family).hook();
  }

  private Optional<BaseHook> hook() {
    cursor.expect("type");
    Optional<ChainType> type = type(cursor.next().text());
    cursor.expect("hook");
    Optional<HookPoint> point = point(cursor.next().text());
    List<String> devices = devices();
    cursor.expect("priority");
    Optional<Integer> priority = priority();
    Policy policy = Policy.ACCEPT;
    while (!cursor.isAtEnd()) {
      if (cursor.next().is("policy")) {
        policy = cursor.next().is("drop") ? Policy.DROP : Policy.ACCEPT;
      }
    }
    if (cursor.hasFailed() || type.isEmpty() || point.isEmpty() || priority.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new BaseHook(type.get(), point.get(), priority.get(), policy, devices));
  }

  private static Optional<ChainType> type(String word) {
    return switch (word) {
      case "filter" -> Optional.of(ChainType.FILTER);
      case "nat" -> Optional.of(ChainType.NAT);
      case "route" -> Optional.of(ChainType.ROUTE);
      default -> Optional.empty();
    };
  }

  private static Optional<HookPoint> point(String word) {
    for (HookPoint point : HookPoint.values()) {
      if (point.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(point);
      }
    }
    return Optional.empty();
  }

  private List<String> devices() {
    List<String> devices = new ArrayList<>();
    if (cursor.take("device")) {
      devices.add(cursor.next().text());
    } else if (cursor.take("devices")) {
      cursor.expect("=");
      cursor.expect("{");
      while (!cursor.isAtEnd() && !cursor.take("}")) {
        if (!cursor.take(",")) {
          devices.add(cursor.next().text());
        }
      }
    }
    return devices;
  }

  /** A name or a number, to which one is added or from which one is taken. */
  private Optional<Integer> priority() {
    String first = cursor.next().text();
    Optional<Integer> base = number(first).or(() -> named(first));
    int sign = cursor.take("+") ? 1 : cursor.take("-") ? -1 : 0;
    if (sign == 0) {
      return base;
    }
    Optional<Integer> more = number(cursor.next().text());
    return base.flatMap(start -> more.map(added -> start + sign * added));
  }

  private static Optional<Integer> number(String text) {
    boolean negative = text.startsWith("-");
    return Numbers.parse(negative ? text.substring(1) : text)
        .filter(value -> value <= Integer.MAX_VALUE)
        .map(value -> (int) (negative ? -value : value));
  }

  private Optional<Integer> named(String name) {
    boolean bridge = family == TableFamily.BRIDGE;
    return switch (name) {
      case "raw" -> Optional.of(-300);
      case "mangle" -> Optional.of(-150);
      case "dstnat" -> Optional.of(bridge ? -300 : -100);
      case "filter" -> Optional.of(bridge ? -200 : 0);
      case "security" -> Optional.of(50);
      case "srcnat" -> Optional.of(bridge ? 300 : 100);
      case "out" -> bridge ? Optional.of(100) : Optional.empty();
      default -> Optional.empty();
    };
  }
}
