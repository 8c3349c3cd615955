package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.netfilter.Passage;
import io.packetwalk.wire.IpAddress;
import java.util.List;

/** What the walk has no model of, said as the fact that is missing. */
final class Unmodelled {
  private Unmodelled() {}

  static Assumption broadcast(NamespaceId place, IpAddress destination) {
    return new Assumption(
        destination
            + " isn't a single machine's address, and broadcast and multicast aren't walked",
        Commands.in(place, "tcpdump -ni any host " + destination));
  }

  /** A frame for many on a wire that leads out of the state. */
  static Assumption onTheWire(NamespaceId place, String device) {
    return new Assumption(
        "who hears what is for many on the wire behind "
            + device
            + " of "
            + place
            + " isn't in the state",
        Commands.in(place, "tcpdump -ni " + device));
  }

  static Assumption openVswitch(NamespaceId place, String device, List<Source> evidence) {
    return new Assumption(
        "the flows behind "
            + device
            + " of "
            + place
            + " decide, and its bridge isn't in the state",
        Commands.in(place, "ovs-ofctl dump-flows br-int; ovs-appctl ofproto/trace br-int …"),
        evidence);
  }

  static Assumption device(NamespaceId place, String device, String kind, List<Source> evidence) {
    return new Assumption(
        "what " + device + " of " + place + " does with a packet isn't modelled (" + kind + ")",
        Commands.in(place, "tcpdump -ni " + device),
        evidence);
  }

  /** A tunnel that Open vSwitch makes itself, past the node's stack, by routes of its own. */
  static Assumption ownTunnel(NamespaceId place, SwitchPort port) {
    return new Assumption(
        "Open vSwitch carries the packets of "
            + place
            + " itself (datapath_type: netdev), and how it sends those of the tunnel port "
            + port.device()
            + " isn't modelled",
        Commands.in(place, "ovs-appctl ovs/route/show; ovs-appctl tnl/neigh/show"),
        List.of(port.source()));
  }

  /** A switch whose flows don't count yet. */
  static Assumption restoring(NamespaceId place, Source line) {
    return new Assumption(
        "Open vSwitch of "
            + place
            + " waits until its flows are restored (flow-restore-wait): it forwards nothing but by"
            + " what its data path still has",
        Commands.in(
            place,
            "ovs-vsctl get Open_vSwitch . other_config:flow-restore-wait; ovs-appctl"
                + " dpctl/dump-flows"),
        List.of(line));
  }

  /** A tun device, whose other end is a program with the device's file open. */
  static Assumption program(NamespaceId place, String device, List<Source> evidence) {
    return new Assumption(
        "the program that has "
            + device
            + " of "
            + place
            + " open reads the packet and decides, which no table shows",
        Commands.in(
            place, "grep -l 'iff:.*" + device + "' /proc/[0-9]*/fdinfo/*; tcpdump -ni " + device),
        evidence);
  }

  /** A route that wraps packets itself (lightweight tunnels: MPLS, segment routing). */
  static Assumption encapsulation(NamespaceId place, Route route, NextHop hop, String text) {
    return new Assumption(
        "the route "
            + Wording.prefix(route.destination())
            + " of "
            + place
            + " wraps packets (encap "
            + text
            + "), which isn't modelled",
        Commands.in(place, "tcpdump -ni " + hop.device().orElse("any")),
        List.of(route.source()));
  }

  /** Devices and bridges send refusals themselves, past the stack (nf_reject_bridge). */
  static Assumption rejectingFrames(NamespaceId place, Passage passage) {
    return new Assumption(
        "what a rule about frames of "
            + place
            + " tells the sender isn't modelled: "
            + passage.ending().orElseThrow().reason(),
        Commands.in(place, "tcpdump -ni any icmp or icmp6"),
        passage.remarks().isEmpty() ? List.of() : passage.remarks().getLast().evidence());
  }

  static Assumption tooLarge(NamespaceId place) {
    return new Assumption(
        "the walk was given up at " + place + ": the packet may go more ways than can be followed",
        Commands.in(place, "tcpdump -ni any"));
  }
}
