package io.packetwalk.read.transcript;

/** Where a command ran, as its prompt and its wrappers tell. */
public sealed interface Place {
  /** A machine's own namespace; the name is the prompt's host. */
  record Host(String name) implements Place {}

  /** A named namespace of a machine ({@code ip netns exec NAME}, {@code nsenter --net=…/NAME}). */
  record Netns(String host, String name) implements Place {}

  /** The namespace of a process of a machine ({@code nsenter -t PID -n}). */
  record ProcessId(String host, String pid) implements Place {}

  /**
   * A container of a machine by its name or identifier ({@code docker exec}, {@code crictl exec}).
   */
  record Container(String host, String name) implements Place {}

  /**
   * A pod ({@code kubectl exec}), on whatever node it is.
   *
   * @param namespace empty when the command named none
   * @param container empty when the command named none
   */
  record Pod(String namespace, String name, String container) implements Place {}

  /**
   * A prompt that names no machine ({@code $}, {@code #}), in this file.
   *
   * @param number which of the file's machines without a name, from 1
   */
  record Unnamed(String file, int number) implements Place {
    public Unnamed(String file) {
      this(file, 1);
    }

    /** What the machine is called for want of a name: the file's name without its ending. */
    public String machine() {
      String name = file.substring(file.lastIndexOf('/') + 1);
      int dot = name.indexOf('.');
      String stem = dot > 0 ? name.substring(0, dot) : name;
      return number == 1 ? stem : stem + "-" + number;
    }
  }
}
