package io.packetwalk.read.kubernetes;

import io.packetwalk.read.CommandReader;
import java.util.List;

/** The readers of {@code kubectl} and {@code calicoctl}. */
public final class KubernetesReaders {
  private KubernetesReaders() {}

  public static List<CommandReader> all() {
    return List.of(
        new KubectlGetReader(),
        new KubectlDescribeReader(),
        new DeclaredObjectsReader(),
        new CalicoctlGetReader(),
        new CalicoctlNodeStatusReader(),
        new BirdReader(),
        new AntctlGetReader(),
        new QuietClusterReader());
  }
}
