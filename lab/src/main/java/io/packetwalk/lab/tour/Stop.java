package io.packetwalk.lab.tour;

import java.util.List;

/**
 * A stop of a tour.
 *
 * @param text what it means, in lines as they are shown
 */
public record Stop(String title, String text, List<Look> looks) {
  public Stop {
    looks = List.copyOf(looks);
  }

  /**
   * A command to look at something with.
   *
   * @param place what the prompt shows
   * @param netns the namespace in which it runs
   */
  public record Look(String place, String netns, List<String> command) {
    static Look of(String place, String netns, String line) {
      return new Look(place, netns, List.of(line.split(" ", -1)));
    }
  }
}
