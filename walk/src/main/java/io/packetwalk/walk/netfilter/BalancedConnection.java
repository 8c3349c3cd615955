package io.packetwalk.walk.netfilter;

import io.packetwalk.model.netfilter.VirtualServer.RealServer;

/**
 * A connection that IPVS has sent to a real server, as the walk has begun it: later packets go
 * there as well (the kernel's ip_vs_conn_in_get), and where it translates, the answer is known by
 * the real server that it comes from (ip_vs_conn_out_get).
 *
 * @param asking the first packet with its virtual destination
 * @param sent the same with the real one
 * @param translated whether its packets' destination is rewritten
 * @param tracked whether connection tracking knows of it as well ({@code net.ipv4.vs.conntrack})
 */
public record BalancedConnection(
    Tuple asking, Tuple sent, RealServer real, boolean translated, boolean tracked) {}
