package io.packetwalk.read.command;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.GreFields;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.LinkState;
import io.packetwalk.model.net.TunnelMode;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The blocks of {@code ifconfig}'s output, one for each device or address label. */
final class IfconfigBlocks {
  private static final Pattern NEW_FORM =
      Pattern.compile("([^\\s:]{1,64})(:\\S{1,64})?: flags=\\d+<([^>]*)>\\s+mtu (\\d+).*");
  private static final Pattern OLD_FORM =
      Pattern.compile("([^\\s:]{1,64})(:\\S{1,64})?\\s+Link encap:(.*)");
  private static final Set<String> OLD_FLAGS =
      Set.of(
          "UP",
          "BROADCAST",
          "DEBUG",
          "LOOPBACK",
          "POINTOPOINT",
          "NOTRAILERS",
          "RUNNING",
          "NOARP",
          "PROMISC",
          "ALLMULTI",
          "SLAVE",
          "MASTER",
          "MULTICAST",
          "DYNAMIC");
  private static final Pattern STATISTICS =
      Pattern.compile(
          "(RX|TX) (packets|errors|bytes)[ :].*|collisions:.*|(Interrupt|Memory|Base address):.*"
              + "|device (interrupt|memory|base).*|\\[NO FLAGS\\].*|.*txqueuelen \\d+.*");

  private final Rows<Device> devices = Rows.headed();
  private final Rows<InterfaceAddress> ipv4 = Rows.silentWhenEmpty();
  private final Rows<InterfaceAddress> ipv6 = Rows.silentWhenEmpty();
  private @Nullable Block block;

  Rows<Device> devices() {
    return devices;
  }

  Rows<InterfaceAddress> ipv4() {
    return ipv4;
  }

  Rows<InterfaceAddress> ipv6() {
    return ipv6;
  }

  void read(Line line) {
    if (line.isBlank()) {
      return;
    }
    Matcher newForm = NEW_FORM.matcher(line.text());
    Matcher oldForm = OLD_FORM.matcher(line.text());
    if (newForm.matches()) {
      begin(new Block(newForm.group(1), newForm.group(2) != null, line.source()));
      current().flags(newForm.group(3).split(","));
      current().mtu = Tokens.number(newForm.group(4));
    } else if (oldForm.matches()) {
      begin(new Block(oldForm.group(1), oldForm.group(2) != null, line.source()));
      current().encapsulation(oldForm.group(3));
    } else if (block == null || !detail(line)) {
      devices.skip(line, "not a line of ifconfig's output");
    }
  }

  void finish() {
    if (block != null && !block.label) {
      devices.add(block.device());
    }
    block = null;
  }

  private void begin(Block next) {
    finish();
    block = next;
  }

  private Block current() {
    if (block == null) {
      throw new IllegalStateException("no block has begun");
    }
    return block;
  }

  private boolean detail(Line line) {
    String text = line.text().strip();
    List<String> words = Tokens.split(text);
    return switch (words.getFirst()) {
      case "inet" -> ipv4(line, words);
      case "inet6" -> ipv6(line, words);
      case "ether" -> {
        current().mac = MacAddress.parse(words.size() > 1 ? words.get(1) : "");
        yield current().mac.isPresent();
      }
      case "loop", "tunnel", "unspec", "sit", "ppp", "infiniband" -> {
        current().encapsulation(text);
        yield true;
      }
      default -> STATISTICS.matcher(text).matches() || oldFlags(words);
    };
  }

  private boolean oldFlags(List<String> words) {
    boolean flags = OLD_FLAGS.contains(words.getFirst());
    if (flags) {
      current().flags(words.stream().filter(OLD_FLAGS::contains).toArray(String[]::new));
    }
    words.stream()
        .filter(word -> word.startsWith("MTU:"))
        .findFirst()
        .ifPresent(word -> current().mtu = Tokens.number(word.substring(4)));
    return flags || words.getFirst().startsWith("MTU:");
  }

  private boolean ipv4(Line line, List<String> words) {
    String joined = " " + String.join(" ", words) + " ";
    Optional<IpAddress> address = after(joined, "addr:", "inet ");
    Optional<IpAddress> netmask = after(joined, "Mask:", "netmask ");
    OptionalInt length = netmask.map(IfconfigBlocks::prefixLength).orElseGet(OptionalInt::empty);
    if (address.isEmpty() || length.isEmpty()) {
      ipv4.damage(line, "no address with a netmask");
      return false;
    }
    Optional<IpAddress> peer = after(joined, "P-t-P:", "destination ");
    Optional<IpAddress> broadcast =
        after(joined, "Bcast:", "broadcast ").filter(known -> !known.isUnspecified());
    String scope = address.get().isLoopback() ? "host" : "global";
    ipv4.add(
        new InterfaceAddress(
            current().name,
            address.get(),
            length.getAsInt(),
            peer.filter(known -> !known.equals(address.get())),
            broadcast,
            scope,
            false,
            true,
            line.source()));
    return true;
  }

  private boolean ipv6(Line line, List<String> words) {
    boolean old = words.size() > 2 && words.get(1).equals("addr:");
    String text = old ? words.get(2) : words.size() > 3 ? words.get(1) + "/" + words.get(3) : "";
    int slash = text.indexOf('/');
    Optional<IpAddress> address =
        slash < 0 ? Optional.empty() : IpAddress.parse(text.substring(0, slash));
    OptionalInt length = Tokens.number(text.substring(slash + 1));
    if (address.isEmpty() || length.isEmpty() || length.getAsInt() > 128) {
      ipv6.damage(line, "no address with a prefix length");
      return false;
    }
    ipv6.add(
        new InterfaceAddress(
            current().name,
            address.get(),
            length.getAsInt(),
            Optional.empty(),
            Optional.empty(),
            scope(String.join(" ", words)),
            false,
            true,
            line.source()));
    return true;
  }

  private static String scope(String text) {
    String lower = text.toLowerCase(java.util.Locale.ROOT);
    if (lower.contains("<link>") || lower.contains("scope:link")) {
      return "link";
    }
    return lower.contains("<host>") || lower.contains("scope:host") ? "host" : "global";
  }

  private static Optional<IpAddress> after(String text, String... marks) {
    for (String mark : marks) {
      int start = text.indexOf(mark);
      if (start >= 0) {
        int from = start + mark.length();
        int end = text.indexOf(' ', from);
        return end < 0
            ? Optional.empty()
            : IpAddress.parse(text.substring(from, end)).filter(IpAddress::isIpv4);
      }
    }
    return Optional.empty();
  }

  private static OptionalInt prefixLength(IpAddress netmask) {
    return io.packetwalk.wire.IpPrefix.ofNetmask(IpAddress.unspecified(IpFamily.IPV4), netmask)
        .map(prefix -> OptionalInt.of(prefix.length()))
        .orElseGet(OptionalInt::empty);
  }

  /** What a block has said so far. */
  private static final class Block {
    private final String name;
    private final boolean label;
    private final Source source;
    private final Set<String> flags = new TreeSet<>();
    private boolean flagsKnown;
    private OptionalInt mtu = OptionalInt.empty();
    private Optional<MacAddress> mac = Optional.empty();
    private DeviceKind kind = new DeviceKind.Ethernet();

    Block(String name, boolean label, Source source) {
      this.name = name;
      this.label = label;
      this.source = source;
    }

    void flags(String... words) {
      flagsKnown = true;
      flags.addAll(List.of(words));
      flags.remove("");
    }

    void encapsulation(String text) {
      String lower = text.toLowerCase(java.util.Locale.ROOT);
      if (lower.contains("loopback")) {
        kind = new DeviceKind.Loopback();
      } else if (lower.contains("ipip tunnel")) {
        kind = tunnel(TunnelMode.IPIP);
      } else if (lower.contains("ipv6-in-ipv4")) {
        kind = tunnel(TunnelMode.SIT);
      }
      List<String> words = Tokens.split(text);
      int address = words.indexOf("HWaddr");
      if (address >= 0 && address + 1 < words.size()) {
        mac = MacAddress.parse(words.get(address + 1));
      }
    }

    private static DeviceKind tunnel(TunnelMode mode) {
      return new DeviceKind.IpTunnel(
          mode,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          true,
          false,
          GreFields.NONE);
    }

    Device device() {
      boolean running = flags.remove("RUNNING");
      LinkState state = !flagsKnown ? LinkState.UNKNOWN : running ? LinkState.UP : LinkState.DOWN;
      return new Device(
          name,
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          flags,
          flagsKnown,
          mtu,
          state,
          mac,
          Optional.empty(),
          kind,
          false,
          source);
    }
  }
}
