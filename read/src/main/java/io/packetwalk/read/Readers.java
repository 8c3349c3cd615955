package io.packetwalk.read;

import io.packetwalk.read.command.IpReaders;
import io.packetwalk.read.command.LinuxReaders;
import io.packetwalk.read.command.netfilter.FilterReaders;
import io.packetwalk.read.command.openflow.OpenflowReaders;
import io.packetwalk.read.kubernetes.KubernetesReaders;
import java.util.ArrayList;
import java.util.List;

/** Every command reader, in the order in which they are asked whether a command is theirs. */
public final class Readers {
  private static final List<CommandReader> ALL = collect();

  private Readers() {}

  public static List<CommandReader> all() {
    return ALL;
  }

  private static List<CommandReader> collect() {
    List<CommandReader> readers = new ArrayList<>(IpReaders.all());
    readers.addAll(FilterReaders.all());
    readers.addAll(OpenflowReaders.all());
    readers.addAll(LinuxReaders.all());
    readers.addAll(KubernetesReaders.all());
    return List.copyOf(readers);
  }
}
