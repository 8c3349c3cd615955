package io.packetwalk.cli.question;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.walk.Assumption;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * What a state has under the name of an end.
 *
 * @param namespace where its programs run; empty for a Service, for an address that nobody in the
 *     state has, and for a pod whose node isn't known
 * @param addresses the ones to send to, the usual one first
 * @param premises what has to be taken for granted for it
 */
record Found(
    Optional<NamespaceId> namespace, List<IpAddress> addresses, List<Assumption> premises) {
  Found {
    addresses = List.copyOf(addresses);
    premises = List.copyOf(premises);
  }
}
