package io.packetwalk.cli;

import io.packetwalk.capture.Conversation;
import io.packetwalk.capture.Conversations;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.decode.LayerKind;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The conversations of captures as a table: encapsulations, and in each who talked with whom. */
final class ConversationTable {
  private final Conversations conversations;
  private final Function<IpAddress, Optional<String>> names;

  ConversationTable(Conversations conversations, Function<IpAddress, Optional<String>> names) {
    this.conversations = conversations;
    this.names = names;
  }

  void print(PrintWriter out, boolean json) {
    if (json) {
      conversations.list().forEach(conversation -> out.println(object(conversation)));
    } else {
      text(out);
    }
  }

  private void text(PrintWriter out) {
    Map<List<LayerKind>, List<Conversation>> byStack = new LinkedHashMap<>();
    for (Conversation conversation : conversations.list()) {
      byStack.computeIfAbsent(conversation.stack(), _ -> new ArrayList<>()).add(conversation);
    }
    List<Map.Entry<List<LayerKind>, List<Conversation>>> stacks =
        new ArrayList<>(byStack.entrySet());
    stacks.sort(
        Comparator.comparingLong((Map.Entry<List<LayerKind>, List<Conversation>> entry) ->
                -entry.getValue().stream().mapToLong(Conversation::bytes).sum())
            .thenComparing(entry -> entry.getKey().toString()));
    out.printf(Locale.ROOT, "%12s %16s  %s%n", "packets", "bytes", "encapsulation, ends");
    for (Map.Entry<List<LayerKind>, List<Conversation>> stack : stacks) {
      long packets = stack.getValue().stream().mapToLong(Conversation::packets).sum();
      long bytes = stack.getValue().stream().mapToLong(Conversation::bytes).sum();
      out.printf(Locale.ROOT, "%12d %16d  %s%n", packets, bytes, stack(stack.getKey()));
      for (Conversation conversation : stack.getValue()) {
        if (conversation.isIp()) {
          out.printf(
              Locale.ROOT,
              "%12d %16d    %s%n",
              conversation.packets(),
              conversation.bytes(),
              ends(conversation));
        }
      }
    }
    if (conversations.otherPackets() > 0) {
      out.printf(
          Locale.ROOT, "%12d %16s  in more conversations%n", conversations.otherPackets(), "");
    }
    out.printf(Locale.ROOT, "%12d %16d  all%n", conversations.packets(), conversations.bytes());
  }

  private static String stack(List<LayerKind> stack) {
    return stack.isEmpty()
        ? "not understood"
        : stack.stream().map(LayerKind::title).collect(Collectors.joining(" / "));
  }

  private String ends(Conversation conversation) {
    return end(conversation.first(), conversation.firstPort())
        + " ↔ "
        + end(conversation.second(), conversation.secondPort());
  }

  private String end(IpAddress address, int port) {
    String host = address.isIpv6() && port != 0 ? "[" + address + "]" : address.toString();
    String name = names.apply(address).map(known -> " (" + known + ")").orElse("");
    return host + (port == 0 ? "" : ":" + port) + name;
  }

  private static String object(Conversation conversation) {
    String stack =
        conversation.stack().stream()
            .map(kind -> "\"" + kind.name().toLowerCase(Locale.ROOT) + "\"")
            .collect(Collectors.joining(","));
    return "{\"stack\":[%s],\"first\":\"%s\",\"first_port\":%d,\"second\":\"%s\",\"second_port\":%d,\"packets\":%d,\"bytes\":%d}"
        .formatted(
            stack,
            conversation.first(),
            conversation.firstPort(),
            conversation.second(),
            conversation.secondPort(),
            conversation.packets(),
            conversation.bytes());
  }
}
