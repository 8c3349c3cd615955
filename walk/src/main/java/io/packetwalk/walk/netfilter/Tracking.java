package io.packetwalk.walk.netfilter;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.walk.openflow.Commit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The connections that a walk has made or met, by the namespace that tracks them.
 *
 * @param current which of them the packet belongs to in the namespace that it is in
 * @param sending what IPVS of that namespace has decided about the packet
 * @param switched the connections that flows of Open vSwitch committed, in zones of their own
 * @param balanced the connections that IPVS translates
 * @param notes what rules have entered into lists and sets on the way, oldest first
 */
public record Tracking(
    Map<NamespaceId, List<TrackedConnection>> connections,
    Optional<Attachment> current,
    Optional<VirtualSending> sending,
    Map<NamespaceId, List<Commit>> switched,
    Map<NamespaceId, List<BalancedConnection>> balanced,
    List<Noted> notes) {
  public static final Tracking NONE =
      new Tracking(Map.of(), Optional.empty(), Optional.empty(), Map.of(), Map.of(), List.of());

  public Tracking {
    connections = Collections.unmodifiableMap(new TreeMap<>(connections));
    switched = Collections.unmodifiableMap(new TreeMap<>(switched));
    balanced = Collections.unmodifiableMap(new TreeMap<>(balanced));
    notes = List.copyOf(notes);
  }

  /**
   * That a rule has entered a key into a list or set of a namespace, or taken it out.
   *
   * @param list the list's name, with a word for its kind in front
   */
  public record Noted(NamespaceId place, String list, List<Datum> key, boolean present) {
    public Noted {
      key = List.copyOf(key);
    }
  }

  /** Whether rules have entered the key here, or taken it out; empty when they did neither. */
  Optional<Boolean> noted(NamespaceId place, String list, List<Datum> key) {
    return notes.stream()
        .filter(note ->
            note.place().equals(place) && note.list().equals(list) && note.key().equals(key))
        .reduce((earlier, later) -> later)
        .map(Noted::present);
  }

  Tracking noting(Noted note) {
    List<Noted> more = new ArrayList<>(notes);
    more.remove(note);
    more.add(note);
    return new Tracking(connections, current, sending, switched, balanced, more);
  }

  /** What connection tracking of a namespace makes of the packet. */
  public enum State {
    NEW,
    ESTABLISHED,
    RELATED,
    UNTRACKED,
    INVALID
  }

  /**
   * The packet's place in a connection.
   *
   * @param connection number of it among the namespace's; meaningless when the packet isn't tracked
   * @param answering whether the packet goes against the connection's first one
   */
  public record Attachment(NamespaceId place, State state, int connection, boolean answering) {
    boolean isTracked() {
      return state != State.UNTRACKED && state != State.INVALID;
    }
  }

  public List<TrackedConnection> in(NamespaceId place) {
    return connections.getOrDefault(place, List.of());
  }

  /** What is known of the packet here; empty when it wasn't looked up yet. */
  Optional<Attachment> attachment(NamespaceId place) {
    return current.filter(attachment -> attachment.place().equals(place));
  }

  Optional<TrackedConnection> connection(NamespaceId place) {
    return attachment(place)
        .filter(Attachment::isTracked)
        .map(attachment -> in(place).get(attachment.connection()));
  }

  Tracking attached(Attachment attachment) {
    return new Tracking(connections, Optional.of(attachment), sending, switched, balanced, notes);
  }

  /**
   * What an ICMP error about a packet with this tracking has from the beginning: the packet's
   * connection, the other way round (nf_conntrack_attach).
   */
  public Tracking ofErrorAbout(NamespaceId place) {
    return attachment(place)
        .filter(Attachment::isTracked)
        .map(about ->
            detached()
                .attached(
                    new Attachment(place, State.RELATED, about.connection(), !about.answering())))
        .orElseGet(this::detached);
  }

  /** In no connection, as what starts here is. */
  public Tracking detached() {
    return current.isEmpty() && sending.isEmpty()
        ? this
        : new Tracking(connections, Optional.empty(), Optional.empty(), switched, balanced, notes);
  }

  /** What flows of Open vSwitch have committed in this namespace. */
  public List<Commit> switchedIn(NamespaceId place) {
    return switched.getOrDefault(place, List.of());
  }

  /** With these connections of a namespace's switches, and the packet in none of the stack's. */
  public Tracking switching(NamespaceId place, List<Commit> commits) {
    Map<NamespaceId, List<Commit>> changed = new TreeMap<>(switched);
    changed.put(place, List.copyOf(commits));
    return new Tracking(connections, Optional.empty(), Optional.empty(), changed, balanced, notes);
  }

  /** With what IPVS has decided about the packet. */
  public Tracking sending(VirtualSending decided) {
    return new Tracking(connections, current, Optional.of(decided), switched, balanced, notes);
  }

  /** In a packet of its own that IPVS has put around it, of which no connection is known yet. */
  public Tracking wrapped() {
    return new Tracking(connections, Optional.empty(), sending, switched, balanced, notes);
  }

  List<BalancedConnection> balancedIn(NamespaceId place) {
    return balanced.getOrDefault(place, List.of());
  }

  Tracking balancing(NamespaceId place, BalancedConnection connection) {
    List<BalancedConnection> more = new ArrayList<>(balancedIn(place));
    more.add(connection);
    Map<NamespaceId, List<BalancedConnection>> changed = new TreeMap<>(balanced);
    changed.put(place, more);
    return new Tracking(connections, current, sending, switched, changed, notes);
  }

  /** The packet in no connection; the one that it has begun is forgotten (ip_vs_notrack). */
  Tracking untracked(NamespaceId place) {
    Tracking without =
        connection(place)
            .filter(begun -> begun.listed().isEmpty() && !begun.seenReply())
            .map(begun ->
                replacing(place, attachment(place).orElseThrow().connection(), begun.forgotten()))
            .orElse(this);
    return without.attached(new Attachment(place, State.UNTRACKED, 0, false));
  }

  /** With one more connection, which gets the next number. */
  Tracking adding(NamespaceId place, TrackedConnection connection) {
    List<TrackedConnection> more = new ArrayList<>(in(place));
    more.add(connection);
    return with(place, more);
  }

  Tracking replacing(NamespaceId place, int number, TrackedConnection connection) {
    List<TrackedConnection> changed = new ArrayList<>(in(place));
    changed.set(number, connection);
    return with(place, changed);
  }

  private Tracking with(NamespaceId place, List<TrackedConnection> list) {
    Map<NamespaceId, List<TrackedConnection>> changed = new TreeMap<>(connections);
    changed.put(place, List.copyOf(list));
    return new Tracking(changed, current, sending, switched, balanced, notes);
  }
}
