package io.packetwalk.correlate;

import io.packetwalk.capture.tap.Tap;
import io.packetwalk.capture.tap.TapLife;
import io.packetwalk.correlate.clock.Clocks;
import io.packetwalk.correlate.clock.Offset;
import io.packetwalk.model.NamespaceId;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The taps of one correlation, by their numbers.
 *
 * @param clock the number of the node whose clock stamps the tap's frames
 * @param resolutions which link-layer addresses were asked for, and whether somebody answered
 */
public record Taps(
    List<Tap> taps,
    List<TapLife> lives,
    List<Integer> clock,
    Clocks clocks,
    List<Resolution> resolutions) {
  public Taps {
    taps = List.copyOf(taps);
    lives = List.copyOf(lives);
    clock = List.copyOf(clock);
    resolutions = List.copyOf(resolutions);
  }

  public Tap tap(int number) {
    return taps.get(number);
  }

  public TapLife life(int number) {
    return lives.get(number);
  }

  /** The tap at this device. */
  public OptionalInt at(NamespaceId place, String device) {
    return IntStream.range(0, taps.size())
        .filter(number -> taps.get(number).place().equals(place))
        .filter(number -> taps.get(number).device().equals(device))
        .findFirst();
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
    return new Taps(taps, lives, clock, better, resolutions);
  }
}
