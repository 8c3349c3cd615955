package io.packetwalk.model.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import java.util.Optional;

/**
 * A tracked connection as {@code conntrack -L} shows it.
 *
 * @param state the tracker's word ({@code ESTABLISHED}, {@code SYN_SENT}); empty for protocols
 *     without
 * @param label empty when the listing doesn't show it: {@code conntrack -L} doesn't
 * @param seenReply whether packets of both directions were met
 */
public record Connection(
    int protocol,
    End original,
    End reply,
    Optional<String> state,
    boolean seenReply,
    boolean assured,
    int mark,
    Optional<Label> label,
    int zone,
    Optional<String> helper,
    Source source) {

  /** The 128 bits that rules can write beside the mark (nf_conn_labels). */
  public record Label(long high, long low) {}

  /**
   * One direction.
   *
   * @param sourcePort the port; for ICMP the identifier
   * @param destinationPort the port; for ICMP the identifier
   */
  public record End(IpAddress source, IpAddress destination, int sourcePort, int destinationPort) {}
}
