package io.packetwalk.walk.netfilter;

/**
 * A connection that IPVS translates, as the walk has begun it: the answer is known by the real
 * server that it comes from (the kernel's ip_vs_conn_out_get).
 *
 * @param asking the first packet with its virtual destination
 * @param sent the same with the real one
 * @param tracked whether connection tracking knows of it as well ({@code net.ipv4.vs.conntrack})
 */
public record BalancedConnection(Tuple asking, Tuple sent, boolean tracked) {}
