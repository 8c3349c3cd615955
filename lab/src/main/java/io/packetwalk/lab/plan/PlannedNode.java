package io.packetwalk.lab.plan;

/**
 * A node.
 *
 * @param number from 1
 * @param subnet the number of the subnet that it stands in, from 0
 * @param block the prefix of its pods' addresses
 * @param gateway the first address of the block: the bridge's or the tunnel device's own
 */
public record PlannedNode(
    String name,
    int number,
    int subnet,
    Addresses address,
    String mac,
    Addresses block,
    Addresses gateway,
    String tunnelMac) {
  /** The router of its subnet. */
  public Addresses router() {
    return new Addresses(Planning.subnet(subnet) + ".1", Planning.subnetIpv6(subnet) + "::1");
  }
}
