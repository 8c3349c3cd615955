/** Packet filter rules, address sets and tracked connections of a namespace. */
package io.packetwalk.model.netfilter;
