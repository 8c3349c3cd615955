/** Readers of the packet filter: rules, sets, tracked connections. */
package io.packetwalk.read.command.netfilter;
