package io.packetwalk.model.netfilter;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.Optional;
import java.util.OptionalInt;

/** What a rule does with a packet that fits. */
public sealed interface Statement extends RulePart {
  /**
   * A transparent socket gets the packet, whatever address it is for: {@code TPROXY}.
   *
   * @param address that the socket waits at; empty for one of the device that the packet came in by
   * @param port likewise; empty for the packet's own destination port
   * @param orDrop whether a packet that no such socket waits for is dropped, as by iptables, rather
   *     than going on behind the rule, as in nftables
   */
  record Intercept(Optional<IpAddress> address, OptionalInt port, boolean orDrop)
      implements Statement {}

  record Accept() implements Statement {}

  record Drop() implements Statement {}

  record Return() implements Statement {}

  record Jump(String chain) implements Statement {}

  record Goto(String chain) implements Statement {}

  /**
   * Ends the packet and tells its sender.
   *
   * @param with the ICMP error's name as iptables writes it, or {@code tcp-reset}; with {@code
   *     icmpx-} in front it is the error of the packet's version of IP
   */
  record Reject(String with) implements Statement {}

  /** Hands the packet to a program. */
  record Queue(String text, boolean bypass) implements Statement {}

  /**
   * Translates one side of a connection.
   *
   * @param to the addresses to choose from; empty keeps the address
   * @param ports the ports to choose from; empty keeps the port while it is free
   */
  record Translate(Side side, Optional<AddressRange> to, Optional<Ports> ports, NatOptions options)
      implements Statement {}

  /** Translates to what a map or a calculation says: an address, or an address and a port. */
  record TranslateComputed(Side side, Operand to, NatOptions options) implements Statement {}

  /** Translates the source to the address that the output device would choose. */
  record Masquerade(Optional<Ports> ports, NatOptions options) implements Statement {}

  /** Translates the destination to this machine. */
  record Redirect(Optional<Ports> ports, NatOptions options) implements Statement {}

  /**
   * Translates the destination to this machine, and to the port that a map or calculation gives.
   */
  record RedirectComputed(Operand port, NatOptions options) implements Statement {}

  /** Translates the network part of an address, one to one. */
  record NetworkMap(Side side, IpPrefix network) implements Statement {}

  /** Writes a field of the packet or of its connection. */
  record Write(Field field, Operand value) implements Statement {}

  /** The packet isn't tracked. */
  record Untracked() implements Statement {}

  /** Lets later packets of the connection take the short cut of a flowtable. */
  record Offload(String flowtable) implements Statement {}

  /** A verdict that depends on a key. */
  record VerdictMap(Operand key, SetReference map) implements Statement {}

  /** Enters the packet into a set, or takes it out of one. */
  record ChangeSet(SetReference set, Operand key, boolean removing, String text)
      implements Statement {}

  /** Something that neither ends the packet nor changes what decides about it. */
  record Aside(String text) implements Statement {}

  /** Something that isn't understood, as the rule writes it. */
  record Unreadable(String text) implements Statement {}

  /** Addresses from {@code first} to {@code last}, both included. */
  record AddressRange(IpAddress first, IpAddress last) {
    public static AddressRange of(IpAddress address) {
      return new AddressRange(address, address);
    }

    public boolean isSingle() {
      return first.equals(last);
    }

    @Override
    public String toString() {
      return isSingle() ? first.toString() : first + "-" + last;
    }
  }

  /**
   * How a translation chooses.
   *
   * @param random whether the port is drawn even when the packet's own is free
   * @param persistent whether a client keeps its address from one destination to the next
   * @param network whether the address's network part is translated, one to one
   */
  record NatOptions(boolean random, boolean persistent, boolean network) {
    public static final NatOptions NONE = new NatOptions(false, false, false);

    public NatOptions(boolean random, boolean persistent) {
      this(random, persistent, false);
    }
  }
}
