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
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code ipvsadm -Sn}, {@code -Ln} with or without counters, {@code -Lnc}, and {@code cat
 * /proc/net/ip_vs} and {@code ip_vs_conn}.
 */
public final class VirtualServerReader implements CommandReader {
  private static final Set<String> COUNTERS = Set.of("--stats", "--rate");
  private static final Pattern HEAD_OF_COUNTERS = Pattern.compile("\\b(?:Conns|CPS|Uthreshold)\\b");
  private static final Set<String> NEITHER =
      Set.of("--timeout", "--daemon", "--thresholds", "--persistent-conn");

  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean program =
        run.word(0).equals("ipvsadm-save")
            || (run.word(0).equals("ipvsadm")
                && (run.words().size() == 1
                    || run.words().stream().skip(1).anyMatch(VirtualServerReader::isListing)));
    boolean file = run.word(0).equals("cat") && isFile(run.word(1));
    return program || file ? Optional.of("ipvsadm") : Optional.empty();
  }

  private static boolean isListing(String word) {
    return word.equals("--list")
        || word.equals("--save")
        || isLetters(word, 'L')
        || isLetters(word, 'l')
        || isLetters(word, 'S');
  }

  private static boolean isLetters(String word, char letter) {
    return word.startsWith("-") && !word.startsWith("--") && word.indexOf(letter) > 0;
  }

  private static boolean isFile(String path) {
    return path.endsWith("/net/ip_vs") || path.endsWith("/net/ip_vs_conn");
  }

  @Override
  public Reading read(CommandRun run) {
    boolean file = run.word(0).equals("cat");
    List<String> options = run.words().subList(1, run.words().size());
    boolean connections =
        file
            ? run.word(1).endsWith("conn")
            : options.stream()
                .anyMatch(word -> word.equals("--connection") || isLetters(word, 'c'));
    if (connections) {
      return new VirtualConnectionText(run, file).read();
    }
    return options.stream().anyMatch(NEITHER::contains)
        ? new Reading(List.of(), List.of())
        : new Output(run, file, options.stream().anyMatch(COUNTERS::contains)).read();
  }

  /** The output of one command. */
  private static final class Output {
    private final CommandRun run;
    private final boolean file;
    private boolean counters;
    private final List<VirtualServer> servers = new ArrayList<>();
    private final List<Reading.Unread> unread = new ArrayList<>();
    private int ofUnknownVersion;

    /** Whether the real servers that follow belong to a virtual one that wasn't understood. */
    private boolean ofUnread;

    Output(CommandRun run, boolean file, boolean counters) {
      this.run = run;
      this.file = file;
      this.counters = counters;
    }

    Reading read() {
      run.output().forEach(this::line);
      servers.removeIf(this::isOfUnknownVersion);
      if (servers.isEmpty() && !unread.isEmpty()) {
        return new Reading(List.of(), unread);
      }
      Listing<VirtualServer> listing =
          run.gap() || !unread.isEmpty() || ofUnknownVersion > 0 || isOfOne()
              ? Listing.partial(servers, run.prompt().source())
              : Listing.complete(servers, run.prompt().source());
      return new Reading(List.of(new Fact.VirtualServers(listing)), unread);
    }

    /** The kernel's file doesn't say of a mark which version of IP it is for. */
    private boolean isOfUnknownVersion(VirtualServer server) {
      boolean unknown =
          file && server.selector() instanceof VirtualServer.OfMark && server.servers().isEmpty();
      if (unknown) {
        ofUnknownVersion++;
      }
      return unknown;
    }

    /** {@code ipvsadm -Ln -t 10.96.0.10:80} shows one virtual server. */
    private boolean isOfOne() {
      return run.words().stream()
          .anyMatch(word ->
              isLetters(word, 't')
                  || isLetters(word, 'u')
                  || isLetters(word, 'f')
                  || word.endsWith("-service"));
    }

    private void line(Line line) {
      String text = line.text().strip();
      if (text.isEmpty() || isHead(text)) {
        counters = counters || HEAD_OF_COUNTERS.matcher(text).find();
        return;
      }
      List<String> words = List.of(text.split("\\s+"));
      boolean understood =
          switch (words.getFirst()) {
            case "-A" -> begin(VirtualServerText.virtual(words, line.source()));
            case "-a" -> add(VirtualServerText.real(words, line.source()));
            case "->" -> add(listedReal(words, line));
            default -> begin(listed(words, line));
          };
      if (!understood) {
        unread.add(new Reading.Unread(line, "not a server of IPVS"));
      }
    }

    private Optional<VirtualServer> listed(List<String> words, Line line) {
      return counters
          ? VirtualServerText.counted(words, line.source())
          : VirtualServerText.listed(words, file, line.source());
    }

    private Optional<RealServer> listedReal(List<String> words, Line line) {
      return counters
          ? VirtualServerText.countedReal(words, line.source())
          : VirtualServerText.listedReal(words, file, line.source());
    }

    private static boolean isHead(String text) {
      return text.startsWith("IP Virtual Server")
          || text.startsWith("Prot LocalAddress")
          || text.startsWith("-> RemoteAddress");
    }

    private boolean begin(Optional<VirtualServer> server) {
      server.ifPresent(servers::add);
      ofUnread = server.isEmpty();
      return server.isPresent();
    }

    private boolean add(Optional<RealServer> real) {
      if (real.isEmpty() || servers.isEmpty() || ofUnread) {
        return false;
      }
      VirtualServer last = servers.removeLast();
      List<RealServer> more = new ArrayList<>(last.servers());
      more.add(real.get());
      servers.add(VirtualServerText.withServers(last, more));
      return true;
    }
  }
}
