package io.packetwalk.walk.engine;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.Hook;
import io.packetwalk.walk.netfilter.Hooks;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.netfilter.Passage;
import io.packetwalk.walk.netfilter.Tracking;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Optional;

/**
 * Whether the packet filters let neighbour discovery pass: over IPv6 questions and answers are
 * packets like any others (ndisc_send_skb, ndisc_rcv); ARP isn't.
 */
final class DiscoveryFilter {
  private static final int SOLICITATION = 135;
  private static final int ADVERTISEMENT = 136;
  private static final int HOP_LIMIT = 255;
  private static final long SOLICITED_NODE_HIGH = 0xff02_0000_0000_0000L;
  private static final long SOLICITED_NODE_LOW = 0x0000_0001_ff00_0000L;
  private static final long LAST_BITS = 0xff_ffffL;

  private DiscoveryFilter() {}

  /** Whether a stack's question leaves it. */
  static boolean lettingAsk(Stack stack, String device, Answering.Request request) {
    return isUnfiltered(stack)
        || (isPassing(stack, Hook.OUTPUT, device, solicitation(request))
            && isPassing(stack, Hook.POSTROUTING, device, solicitation(request)));
  }

  /** Whether a stack hears the question, and its answer leaves it. */
  static boolean lettingAnswer(Stack stack, String device, Answering.Request request) {
    return isUnfiltered(stack)
        || (isPassing(stack, Hook.PREROUTING, device, solicitation(request))
            && isPassing(stack, Hook.INPUT, device, solicitation(request))
            && isPassing(stack, Hook.OUTPUT, device, advertisement(request))
            && isPassing(stack, Hook.POSTROUTING, device, advertisement(request)));
  }

  /** Whether the stack that asked hears the answer. */
  static boolean lettingHear(Stack stack, String device, Answering.Request request) {
    return isUnfiltered(stack)
        || (isPassing(stack, Hook.PREROUTING, device, advertisement(request))
            && isPassing(stack, Hook.INPUT, device, advertisement(request)));
  }

  private static boolean isUnfiltered(Stack stack) {
    return stack.namespace().netfilter().tables(IpFamily.IPV6).isEmpty();
  }

  /** What can't be said to be dropped is taken to pass. */
  private static boolean isPassing(Stack stack, Hook hook, String device, Packet packet) {
    boolean entering = hook == Hook.PREROUTING || hook == Hook.INPUT;
    Optional<String> here = Optional.of(device);
    InFlight flight =
        new InFlight(
            packet,
            0,
            entering ? here : Optional.empty(),
            entering ? Optional.empty() : here,
            Tracking.NONE);
    List<Passage> passages =
        new Hooks(stack.namespace(), new StackSurroundings(stack)).pass(hook, flight);
    return !passages.stream().allMatch(DiscoveryFilter::isEnd);
  }

  private static boolean isEnd(Passage passage) {
    return passage
        .ending()
        .map(Passage.Ending::verdict)
        .filter(verdict -> verdict == Verdict.DROPPED || verdict == Verdict.REJECTED)
        .isPresent();
  }

  private static Packet solicitation(Answering.Request request) {
    IpAddress group =
        IpAddress.ofIpv6(
            SOLICITED_NODE_HIGH, SOLICITED_NODE_LOW | (request.asked().low() & LAST_BITS));
    IpAddress from = request.sender().orElse(IpAddress.unspecified(IpFamily.IPV6));
    return message(from, group, SOLICITATION);
  }

  private static Packet advertisement(Answering.Request request) {
    IpAddress to = request.sender().orElse(IpAddress.of("ff02::1"));
    return message(request.asked(), to, ADVERTISEMENT);
  }

  private static Packet message(IpAddress from, IpAddress to, int type) {
    return new Packet(
        List.of(Ipv6.of(from, to, IpProtocol.ICMPV6, HOP_LIMIT), Icmpv6.of(type, 0, 0)));
  }
}
