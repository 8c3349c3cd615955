package io.packetwalk.correlate;

import io.packetwalk.capture.tap.MergedCaptures;
import io.packetwalk.capture.tap.Tap;
import io.packetwalk.capture.tap.TapBook;
import io.packetwalk.capture.tap.TapLife;
import io.packetwalk.capture.tap.TapLog;
import io.packetwalk.correlate.match.Matcher;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.capture.CaptureInterface;
import io.packetwalk.wire.capture.CaptureNote;
import io.packetwalk.wire.capture.CaptureReader;
import io.packetwalk.wire.capture.TimestampClock;
import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.Dissector;
import io.packetwalk.wire.decode.Fingerprint;
import io.packetwalk.wire.decode.TunnelPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The reading of captures together, from frames to packets. */
public final class Reading {
  private final MergedCaptures captures;
  private final TapBook book;
  private final Prelude prelude;
  private final Matcher matcher;
  private final ClockWatch clocks;
  private final FrameWatch watch;
  private final Dissector dissector;
  private final Dissection dissection = new Dissection();
  private final Fingerprint print;
  private final TapLives lives = new TapLives();
  private final Resolutions resolutions = new Resolutions();
  private final Copies copies = new Copies();
  private int known;
  private long frames;

  /** What looks at each frame as it goes by, after the matcher took it. */
  @FunctionalInterface
  public interface FrameWatch {
    /** Nobody looks. */
    FrameWatch NONE = (tap, frame, reader, time, print) -> {};

    /**
     * A frame goes by.
     *
     * @param tap the tap that stands for its place
     * @param frame its number among those of the place
     * @param print its fingerprint; meaningless where the frame has none
     */
    void frame(int tap, long frame, CaptureReader reader, long time, Fingerprint print);
  }

  /** What is told which clock stamps a tap's frames, before the first of them. */
  @FunctionalInterface
  public interface ClockWatch {
    void clock(int tap, int clock);
  }

  public Reading(
      MergedCaptures captures,
      TapBook book,
      Prelude prelude,
      TunnelPorts ports,
      Matcher matcher,
      ClockWatch clocks,
      FrameWatch watch) {
    this.captures = captures;
    this.book = book;
    this.prelude = prelude;
    this.matcher = matcher;
    this.clocks = clocks;
    this.watch = watch;
    this.dissector = new Dissector(ports);
    this.print = new Fingerprint(prelude.depth());
  }

  /** Takes the next frame; false when there is none, after all packets were told. */
  public boolean step() {
    if (!captures.next()) {
      matcher.finish();
      return false;
    }
    frames++;
    CaptureReader reader = captures.reader();
    int own = book.number(captures.capture(), reader);
    if (own >= known) {
      meet();
    }
    dissector.dissect(
        reader.linkType(),
        reader.buffer(),
        reader.frameOffset(),
        reader.captured(),
        reader.original(),
        dissection);
    boolean ip = print.take(dissection);
    long time = captures.nanoseconds();
    lives.frame(own, reader.nanoseconds(), !ip || print.isWhole());
    int tap = book.first(own);
    long frame = book.frame(own, reader.number());
    resolutions.frame(tap, reader.nanoseconds(), dissection);
    watch.frame(tap, frame, reader, time, print);
    boolean recognisable = ip && print.isWhole();
    if (recognisable && !copies.isCopy(tap, own, reader.nanoseconds(), print)) {
      matcher.see(tap, frame, reader.nanoseconds(), time, print);
    } else {
      matcher.pass(tap, frame, reader.nanoseconds(), time);
    }
    return true;
  }

  private void meet() {
    for (; known < book.count(); known++) {
      int clock = Math.max(0, prelude.nodes().indexOf(book.tap(known).clock()));
      matcher.clock(known, clock, prelude.circle(clock));
      clocks.clock(known, clock);
      TapBook.TapKey key = book.key(known);
      CaptureReader reader = captures.reader(key.capture());
      if (reader.interfaceAt(key.interfaceIndex()).linkType().equals(LinkType.LINUX_COOKED)) {
        matcher.crowd(known);
      }
    }
  }

  public long frames() {
    return frames;
  }

  /** The taps as they were in the end, those without a frame included. */
  public Taps taps(int files) {
    for (int capture = 0; capture < files; capture++) {
      book.addSilent(capture, captures.reader(capture));
    }
    List<Tap> taps = book.taps();
    List<TapLife> all = new ArrayList<>();
    List<Integer> nodes = new ArrayList<>();
    for (int tap = 0; tap < taps.size(); tap++) {
      all.add(life(tap));
      nodes.add(Math.max(0, prelude.nodes().indexOf(taps.get(tap).clock())));
    }
    return new Taps(
        taps, all, nodes, prelude.clocks(), resolutions.all(), Admission.UNKNOWN, List.of());
  }

  private TapLife life(int tap) {
    TapBook.TapKey key = book.key(tap);
    CaptureReader reader = captures.reader(key.capture());
    CaptureInterface face = reader.interfaceAt(key.interfaceIndex());
    TapLog log = book.file(key.capture()).log();
    if (!face.filter().isEmpty()) {
      log = new TapLog(log.lost(), log.started(), log.ended(), Optional.of(face.filter()));
    }
    for (CaptureNote note : reader.notes()) {
      if (note instanceof CaptureNote.Statistics counted
          && counted.interfaceIndex() == key.interfaceIndex()) {
        log = with(counted, face.clock(), log);
      }
    }
    return lives.of(tap, log, reader.fault().isPresent(), face.linkType());
  }

  /** What the capture itself says counts for more than what is written beside it. */
  private static TapLog with(CaptureNote.Statistics counted, TimestampClock clock, TapLog log) {
    long dropped = Math.max(counted.dropped(), 0) + Math.max(counted.droppedBySystem(), 0);
    boolean said = counted.dropped() >= 0 || counted.droppedBySystem() >= 0;
    return new TapLog(
        said ? OptionalLong.of(dropped) : OptionalLong.empty(),
        time(counted.started(), clock, log.started()),
        time(counted.ended(), clock, log.ended()),
        log.filter());
  }

  private static OptionalLong time(OptionalLong said, TimestampClock clock, OptionalLong beside) {
    return said.isPresent() ? OptionalLong.of(clock.nanoseconds(said.getAsLong())) : beside;
  }
}
