package io.packetwalk.model.netfilter;

import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;

/**
 * The packet filter of a namespace, as far as the state shows it.
 *
 * @param unread the dumps that show rules which the walk doesn't evaluate, by their command lines
 * @param empty the dumps that show that there are no rules
 */
public record Netfilter(Listing<Source> unread, Listing<Source> empty) {
  public static Netfilter unknown() {
    return new Netfilter(Listing.unknown(), Listing.unknown());
  }
}
