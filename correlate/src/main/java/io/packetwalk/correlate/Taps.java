package io.packetwalk.correlate;

import io.packetwalk.capture.tap.KernelDrop;
import io.packetwalk.capture.tap.Tap;
import io.packetwalk.capture.tap.TapLife;
import io.packetwalk.correlate.clock.Clocks;
import io.packetwalk.correlate.clock.Offset;
import io.packetwalk.model.NamespaceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The taps of one correlation, by their numbers.
 *
 * <p>Several captures of one device, such as the files of a ring buffer, are taps of their own,
 * each with its own life. The first of them stands for the place.
 */
public final class Taps {
  private final List<Tap> taps;
  private final List<TapLife> lives;
  private final List<Integer> clock;
  private final Clocks clocks;
  private final List<Resolution> resolutions;
  private final Admission admission;
  private final List<KernelDrop> drops;
  private final Map<Tap.At, List<Integer>> places = new LinkedHashMap<>();
  private final List<Integer> firsts = new ArrayList<>();

  /**
   * Taps.
   *
   * @param clock for each tap the number of the node whose clock stamps its frames
   * @param resolutions which link-layer addresses were asked for, and whether somebody answered
   * @param admission tells what the taps' filters let through
   * @param drops what the nodes' kernels say that they threw away
   */
  public Taps(
      List<Tap> taps,
      List<TapLife> lives,
      List<Integer> clock,
      Clocks clocks,
      List<Resolution> resolutions,
      Admission admission,
      List<KernelDrop> drops) {
    this.taps = List.copyOf(taps);
    this.lives = List.copyOf(lives);
    this.clock = List.copyOf(clock);
    this.clocks = clocks;
    this.resolutions = List.copyOf(resolutions);
    this.admission = admission;
    this.drops = List.copyOf(drops);
    for (int number = 0; number < taps.size(); number++) {
      Tap tap = taps.get(number);
      List<Integer> here = places.computeIfAbsent(tap.at(), _ -> new ArrayList<>());
      // A guess may be wrong: it stands for nothing but itself.
      boolean together = tap.isSure() && !here.isEmpty() && taps.get(here.getFirst()).isSure();
      firsts.add(together ? here.getFirst() : number);
      if (together || here.isEmpty()) {
        here.add(number);
      }
    }
  }

  public List<Tap> taps() {
    return taps;
  }

  public Tap tap(int number) {
    return taps.get(number);
  }

  public List<TapLife> lives() {
    return lives;
  }

  public TapLife life(int number) {
    return lives.get(number);
  }

  public Clocks clocks() {
    return clocks;
  }

  public List<Resolution> resolutions() {
    return resolutions;
  }

  Admission admission() {
    return admission;
  }

  /** The tap that stands for this device. */
  public OptionalInt at(NamespaceId place, String device) {
    List<Integer> here = places.getOrDefault(new Tap.At(place, device), List.of());
    return here.isEmpty() ? OptionalInt.empty() : OptionalInt.of(here.getFirst());
  }

  /** All taps of the place that this one stands for. */
  public List<Integer> together(int first) {
    return IntStream.range(0, firsts.size())
        .filter(number -> firsts.get(number) == first)
        .boxed()
        .toList();
  }

  /** What was asked for at the taps of this namespace, and not answered where they could see it. */
  public List<Resolution> unansweredIn(NamespaceId place) {
    return resolutions.stream()
        .filter(Resolution::isUnanswered)
        .filter(resolution -> tap(resolution.tap()).place().equals(place))
        .toList();
  }

  /** How far the second tap's clock is ahead of the first's. */
  public Offset between(int first, int second, long time) {
    return clocks.between(clock.get(first), clock.get(second), time);
  }

  /** These taps with clocks that are known better. */
  public Taps with(Clocks better) {
    return new Taps(taps, lives, clock, better, resolutions, admission, drops);
  }

  /** What the nodes' kernels say that they threw away. */
  public List<KernelDrop> drops() {
    return drops;
  }

  /** These taps with somebody who knows capture filters, and with what kernels say. */
  public Taps with(Admission judge, List<KernelDrop> said) {
    return new Taps(taps, lives, clock, clocks, resolutions, judge, said);
  }
}
