package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.Listing;
import io.packetwalk.model.netfilter.VirtualServer;
import io.packetwalk.model.netfilter.VirtualServer.RealServer;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code ipvsadm -Sn} and {@code -Ln}, and {@code cat /proc/net/ip_vs}. */
public final class VirtualServerReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean program =
        run.word(0).equals("ipvsadm-save")
            || (run.word(0).equals("ipvsadm")
                && run.words().stream()
                    .skip(1)
                    .anyMatch(word ->
                        word.equals("--list")
                            || word.equals("--save")
                            || (word.startsWith("-")
                                && !word.startsWith("--")
                                && (word.indexOf('L') > 0
                                    || word.indexOf('l') > 0
                                    || word.indexOf('S') > 0))));
    boolean file = run.word(0).equals("cat") && run.word(1).endsWith("/net/ip_vs");
    return program || file ? Optional.of("ipvsadm") : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    return new Output(run).read();
  }

  /** The output of one command. */
  private static final class Output {
    private final CommandRun run;
    private final boolean file;
    private final List<VirtualServer> servers = new ArrayList<>();
    private final List<Reading.Unread> unread = new ArrayList<>();

    Output(CommandRun run) {
      this.run = run;
      this.file = run.word(0).equals("cat");
    }

    Reading read() {
      if (isAboutSomethingElse()) {
        return new Reading(List.of(), List.of());
      }
      run.output().forEach(this::line);
      if (servers.isEmpty() && !unread.isEmpty()) {
        return new Reading(List.of(), unread);
      }
      Listing<VirtualServer> listing =
          run.gap() || !unread.isEmpty()
              ? Listing.partial(servers, run.prompt().source())
              : Listing.complete(servers, run.prompt().source());
      return new Reading(List.of(new Fact.VirtualServers(listing)), unread);
    }

    /** Counters, rates, connections and timeouts: nothing that decides. */
    private boolean isAboutSomethingElse() {
      return run.words().stream()
          .anyMatch(word ->
              word.equals("--stats")
                  || word.equals("--rate")
                  || word.equals("--connection")
                  || word.equals("--timeout")
                  || word.equals("--daemon")
                  || (word.matches("-[A-Za-z]*c[A-Za-z]*") && !file));
    }

    private void line(Line line) {
      String text = line.text().strip();
      if (text.isEmpty() || isHead(text)) {
        return;
      }
      List<String> words = List.of(text.split("\\s+"));
      boolean understood =
          switch (words.getFirst()) {
            case "-A" -> begin(VirtualServerText.virtual(words, line.source()));
            case "-a" -> add(VirtualServerText.real(words, line.source()));
            case "->" -> add(VirtualServerText.listedReal(words, file, line.source()));
            default -> begin(VirtualServerText.listed(words, file, line.source()));
          };
      if (!understood) {
        unread.add(new Reading.Unread(line, "not a server of IPVS"));
      }
    }

    private static boolean isHead(String text) {
      return text.startsWith("IP Virtual Server")
          || text.startsWith("Prot LocalAddress")
          || text.startsWith("-> RemoteAddress");
    }

    private boolean begin(Optional<VirtualServer> server) {
      server.ifPresent(servers::add);
      return server.isPresent();
    }

    private boolean add(Optional<RealServer> real) {
      if (real.isEmpty() || servers.isEmpty()) {
        return false;
      }
      VirtualServer last = servers.removeLast();
      List<RealServer> more = new ArrayList<>(last.servers());
      more.add(real.get());
      servers.add(
          new VirtualServer(
              last.selector(), last.scheduler(), last.persistent(), more, last.source()));
      return true;
    }
  }
}
