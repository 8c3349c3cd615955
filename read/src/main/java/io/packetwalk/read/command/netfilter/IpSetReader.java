package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Element;
import io.packetwalk.model.netfilter.ElementSet;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code ipset save} and {@code ipset list}. */
public final class IpSetReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    return run.word(0).equals("ipset") ? action(run).map("ipset "::concat) : Optional.empty();
  }

  private static Optional<String> action(CommandRun run) {
    for (String word : run.words().subList(1, run.words().size())) {
      switch (word) {
        case "save", "-S", "--save", "-save" -> {
          return Optional.of("save");
        }
        case "list", "-L", "--list", "-list" -> {
          return Optional.of("list");
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    return new Output(run).read();
  }

  /** The output of one command. */
  private static final class Output {
    private final CommandRun run;
    private final Map<String, Building> sets = new LinkedHashMap<>();
    private final List<Reading.Unread> unread = new ArrayList<>();
    private Optional<Building> listed = Optional.empty();
    private final boolean namesOnly;
    private boolean inMembers;

    /** A set whose elements are being read. */
    private record Building(
        String name, String type, List<String> options, Source source, List<Element> elements) {}

    Output(CommandRun run) {
      this.run = run;
      this.namesOnly =
          run.words().stream().anyMatch(word -> word.equals("-n") || word.equals("-name"));
    }

    Reading read() {
      run.output().forEach(this::line);
      if (sets.isEmpty() && !unread.isEmpty()) {
        return new Reading(List.of(), unread);
      }
      boolean terse =
          run.words().stream()
              .anyMatch(word -> word.equals("-t") || word.equals("-n") || word.startsWith("-ter"));
      boolean chosen = run.words().stream().filter(word -> !word.startsWith("-")).count() > 2;
      List<ElementSet> built = terse ? List.of() : sets.values().stream().map(this::built).toList();
      Source seen = run.prompt().source();
      Listing<ElementSet> listing =
          run.gap() || chosen || terse
              ? Listing.partial(built, seen)
              : Listing.complete(built, seen);
      return new Reading(List.of(new Fact.AddressSets(listing)), unread);
    }

    private ElementSet built(Building set) {
      Coverage coverage = run.gap() ? Coverage.PARTIAL : Coverage.COMPLETE;
      return ElementSet.of(
          set.name(), set.type(), set.options(), coverage, set.elements(), set.source());
    }

    private void line(Line line) {
      String text = line.text().strip();
      if (text.startsWith("create ") || text.startsWith("-N ")) {
        create(text, line);
      } else if (text.startsWith("add ") || text.startsWith("-A ")) {
        add(text, line);
      } else if (text.startsWith("Name: ")) {
        begin(text.substring(6).strip(), line);
      } else if (text.isEmpty()) {
        inMembers = false;
      } else if (namesOnly) {
        // A set's name, whose elements this listing doesn't tell.
      } else if (listed.isPresent()) {
        ofListing(text, listed.get(), line);
      } else {
        unread.add(new Reading.Unread(line, "not a line of ipset"));
      }
    }

    private void create(String text, Line line) {
      List<String> words = Word.split(text).stream().map(Word::text).toList();
      if (words.size() < 3) {
        unread.add(new Reading.Unread(line, "a set without a type"));
        return;
      }
      enter(
          new Building(
              words.get(1),
              words.get(2),
              List.copyOf(words.subList(3, words.size())),
              line.source(),
              new ArrayList<>()));
    }

    private void enter(Building set) {
      sets.put(set.name(), set);
    }

    private void add(String text, Line line) {
      List<Word> words = Word.split(text);
      Building set = words.size() < 3 ? null : sets.get(words.get(1).text());
      if (set == null) {
        unread.add(new Reading.Unread(line, "an element of a set that isn't there"));
        return;
      }
      member(set, words.subList(2, words.size()), line);
    }

    private void member(Building set, List<Word> words, Line line) {
      boolean exception = words.stream().anyMatch(word -> word.text().equals("nomatch"));
      IpSetElement.parse(set.type(), words.getFirst().text(), exception)
          .ifPresentOrElse(
              set.elements()::add,
              () -> unread.add(new Reading.Unread(line, "not an element of " + set.type())));
    }

    private void begin(String name, Line line) {
      listed = Optional.of(new Building(name, "", List.of(), line.source(), new ArrayList<>()));
      inMembers = false;
    }

    private void ofListing(String text, Building set, Line line) {
      if (inMembers) {
        member(set, Word.split(text), line);
      } else if (text.startsWith("Type: ")) {
        retype(set, text.substring(6).strip(), set.options());
      } else if (text.startsWith("Header: ")) {
        retype(set, set.type(), List.of(text.substring(8).strip().split("\\s+")));
      } else if (text.equals("Members:")) {
        inMembers = true;
      } else if (!isDecoration(text)) {
        unread.add(new Reading.Unread(line, "not a line of ipset"));
      }
    }

    private void retype(Building set, String type, List<String> options) {
      Building known = new Building(set.name(), type, options, set.source(), set.elements());
      listed = Optional.of(known);
      enter(known);
    }

    private static boolean isDecoration(String text) {
      return text.startsWith("Revision:")
          || text.startsWith("Size in memory:")
          || text.startsWith("References:")
          || text.startsWith("Number of entries:");
    }
  }
}
