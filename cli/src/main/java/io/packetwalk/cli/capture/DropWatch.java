package io.packetwalk.cli.capture;

import io.packetwalk.capture.tap.DropTrace;
import io.packetwalk.capture.tap.KernelDrop;
import io.packetwalk.capture.tap.KernelDrops;
import io.packetwalk.gather.Room;
import io.packetwalk.lab.Lab.Site;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What nodes' kernels throw away while packets are captured, with their reasons: {@code
 * skb:kfree_skb} through tracefs. Each node's goes to {@code NODE/kernel-drops.txt}.
 *
 * <p>The trace is an instance of its own, which no other tracing sees and which is gone in the end.
 * Where tracefs isn't mounted it is mounted in a mount namespace that nobody else is in. All of
 * that is done by a shell that ends, and cleans up, when the thread dies that has started it.
 */
public final class DropWatch implements AutoCloseable {
  private static final long READY_SECONDS = 5;

  /** More drops than these are noise, whatever the question is. */
  private static final int MOST_LINES = 100_000;

  /** $1: the instance's name. $2: the filter of the devices' events. */
  private static final String SCRIPT =
      """
      trap '' INT
      dir=/sys/kernel/tracing; own=
      if [ ! -d $dir/events/skb/kfree_skb ]; then
        dir=$(mktemp -d) || exit 77
        own=$dir
        mount -t tracefs nodev "$dir" 2>/dev/null || { rmdir "$dir"; exit 77; }
      fi
      one=$dir/instances/$1
      reader=
      clean() {
        trap '' TERM HUP
        [ -n "$reader" ] && kill "$reader" 2>/dev/null && wait "$reader" 2>/dev/null
        [ -d "$one" ] && { echo 0 >"$one/tracing_on"; rmdir "$one"; }
        [ -n "$own" ] && { umount "$own"; rmdir "$own"; }
      }
      trap 'clean; exit 0' TERM HUP
      mkdir "$one" && [ -d "$one/events/skb/kfree_skb" ] || { clean; exit 77; }
      echo mono >"$one/trace_clock"
      for mark in 1 2 3 4 5; do date '+packetwalk %s.%N' >"$one/trace_marker"; done
      for event in netif_receive_skb net_dev_start_xmit netif_rx; do
        [ -d "$one/events/net/$event" ] || continue
        echo "$2" >"$one/events/net/$event/filter"
        echo 1 >"$one/events/net/$event/enable"
      done
      for event in consume_skb kfree_skb; do echo 1 >"$one/events/skb/$event/enable"; done
      setpriv --pdeathsig KILL cat "$one/trace_pipe" & reader=$!
      echo ready >&2
      wait "$reader"
      clean
      """;

  private final List<Process> processes = new ArrayList<>();
  private final List<Thread> readers = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private DropWatch() {}

  /**
   * Starts watching, where the kernel offers it.
   *
   * @param devices on which packets are looked for, in any namespace
   * @param captures the folder of the captures
   */
  public static DropWatch start(List<Site> sites, List<String> devices, Path captures)
      throws InterruptedException {
    DropWatch watch = new DropWatch();
    String filter = filter(devices);
    for (Site site : sites) {
      String node = site.machine().name();
      if (!watch.start(site, filter, captures.resolve(safe(node)))) {
        watch.notes.add(
            "the kernel of %s doesn't tell why it drops packets: no tracefs, or no permission"
                .formatted(node));
      }
    }
    return watch;
  }

  private static String safe(String name) {
    return name.replace('/', '_');
  }

  /** An expression of the kernel's event filters. No name of a device is more than a name in it. */
  private static String filter(List<String> devices) {
    List<String> names =
        devices.stream()
            .filter(device -> device.matches("[A-Za-z0-9@._-]{1,15}"))
            .distinct()
            .limit(64)
            .map(device -> "name == \"" + device + "\"")
            .toList();
    return names.isEmpty() ? "0" : String.join(" || ", names);
  }

  private boolean start(Site site, String filter, Path folder) throws InterruptedException {
    // Process numbers alone needn't be unique: containers share the kernel's tracing.
    String instance =
        "packetwalk-%d-%x".formatted(ProcessHandle.current().pid(), System.nanoTime());
    List<String> command =
        List.of(
            "setpriv",
            "--pdeathsig",
            "TERM",
            "unshare",
            "--mount",
            "--propagation",
            "private",
            "sh",
            "-c",
            SCRIPT,
            "packetwalk",
            instance,
            filter);
    try {
      Process process = site.machine().into(Room.own()).start(command);
      processes.add(process);
      CountDownLatch ready = new CountDownLatch(1);
      readers.add(Thread.ofVirtual().start(() -> listen(process, ready)));
      DropTrace trace = new DropTrace(site.machine().name());
      readers.add(Thread.ofVirtual().start(() -> copy(process, trace, folder)));
      return ready.await(READY_SECONDS, TimeUnit.SECONDS) && process.isAlive();
    } catch (IOException missing) {
      return false;
    }
  }

  private static void listen(Process process, CountDownLatch ready) {
    try (BufferedReader lines = reader(process.getErrorStream())) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("ready")) {
          ready.countDown();
        }
      }
    } catch (IOException ended) {
      // It has ended.
    }
    ready.countDown();
  }

  private static BufferedReader reader(java.io.InputStream stream) {
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  private static void copy(Process process, DropTrace trace, Path folder) {
    try (BufferedReader lines = reader(process.getInputStream())) {
      Files.createDirectories(folder);
      try (BufferedWriter drops = Files.newBufferedWriter(folder.resolve(KernelDrops.FILE))) {
        int written = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          Optional<KernelDrop> drop = trace.take(line);
          if (drop.isPresent() && written++ < MOST_LINES) {
            drops.write(drop.get().line() + "\n");
            drops.flush();
          }
        }
      }
    } catch (IOException full) {
      // The disk may be full; the taps' reports tell the same.
    }
  }

  /** Nodes whose kernels tell nothing. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public void close() {
    Children.end(processes, readers);
  }
}
