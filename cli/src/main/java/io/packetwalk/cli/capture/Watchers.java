package io.packetwalk.cli.capture;

import io.packetwalk.gather.Reach;
import io.packetwalk.gather.Room;
import io.packetwalk.lab.Lab.Site;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** What the kernel itself reports while packets are captured: events of conntrack. */
public final class Watchers implements AutoCloseable {

  private final List<Process> processes = new ArrayList<>();
  private final List<Thread> writers = new ArrayList<>();

  private Watchers() {}

  /** Follows the events of these machines' own namespaces into {@code NODE.txt}. */
  public static Watchers start(List<Site> sites, Path folder) throws IOException {
    Watchers watchers = new Watchers();
    Files.createDirectories(folder);
    for (Site site : sites) {
      Reach reach = site.machine().into(Room.own());
      Path file = folder.resolve(site.machine().name() + ".txt");
      try {
        Process process =
            reach.start(
                List.of("setpriv", "--pdeathsig", "KILL", "conntrack", "-E", "-o", "timestamp"));
        watchers.processes.add(process);
        watchers.writers.add(Thread.ofVirtual().start(() -> copy(process.getInputStream(), file)));
      } catch (IOException missing) {
        // Without conntrack there are no events; the captures don't need them.
      }
    }
    return watchers;
  }

  private static void copy(InputStream events, Path file) {
    try {
      Files.copy(events, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException ended) {
      // The process was ended.
    }
  }

  @Override
  public void close() {
    Children.end(processes, writers);
  }
}
