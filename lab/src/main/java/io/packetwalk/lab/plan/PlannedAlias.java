package io.packetwalk.lab.plan;

/**
 * A Service of type ExternalName: cluster DNS answers its name with another.
 *
 * @param target the other name, which the cluster's DNS server knows
 */
public record PlannedAlias(String namespace, String name, String target) {
  public String fullName() {
    return namespace + "/" + name;
  }
}
