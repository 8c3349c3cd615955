package io.packetwalk.read.transcript;

import io.packetwalk.read.transcript.Wrappers.Unwrapped;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The shells that were started inside one another, so that a prompt which names no machine can be
 * told a place.
 */
final class Session {
  private static final int DEEPEST = 8;

  private Place unnamed;
  private final Deque<Shell> shells = new ArrayDeque<>();

  Session(String file) {
    this.unnamed = new Place.Unnamed(file);
  }

  /**
   * @param outer the prompt that the shell was started at
   * @param ownPrompt whether a prompt unlike the outer one was seen in it
   */
  private record Shell(Place place, Place outerPlace, Prompt outer, boolean ownPrompt) {
    boolean staysOnMachine() {
      return switch (place) {
        case Place.Netns ignored -> true;
        case Place.ProcessId ignored -> true;
        case Place.Host host -> host.equals(outerPlace);
        case Place.Unnamed ignored -> true;
        case Place.Container ignored -> false;
        case Place.Pod ignored -> false;
      };
    }

    boolean isInside(Prompt prompt) {
      if (prompt.text().equals(outer.text())) {
        return staysOnMachine() || (!ownPrompt && !prompt.isNamed());
      }
      return !prompt.isNamed() || isCalled(prompt.host()) || (staysOnMachine() && sameHost(prompt));
    }

    private boolean sameHost(Prompt prompt) {
      return prompt.host().equals(outer.host());
    }

    private boolean isCalled(String host) {
      return switch (place) {
        case Place.Pod pod -> pod.name().equals(host);
        case Place.Container container ->
            container.name().equals(host) || isContainerIdentifier(host);
        case Place.Host inside -> inside.name().equals(host);
        default -> false;
      };
    }

    private static boolean isContainerIdentifier(String host) {
      return host.length() == 12 && host.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    Shell with(Place before, Place now) {
      return new Shell(
          place.equals(before) ? now : place,
          outerPlace.equals(before) ? now : outerPlace,
          outer,
          ownPrompt);
    }

    Shell after(Prompt prompt) {
      boolean own = ownPrompt || !prompt.text().equals(outer.text());
      return new Shell(place, outerPlace, outer, own);
    }
  }

  /** From here on a prompt that names no machine stands for that place. */
  void goTo(Place place) {
    shells.clear();
    unnamed = place;
  }

  /** An output has shown that it is another machine that the nameless prompts are of. */
  void turnTo(Place place) {
    Place before = unnamed;
    unnamed = place;
    Deque<Shell> moved = new ArrayDeque<>();
    shells.forEach(shell -> moved.addLast(shell.with(before, place)));
    shells.clear();
    shells.addAll(moved);
  }

  /** Where something ran that no prompt tells the place of. */
  Place unnamed() {
    return unnamed;
  }

  /** The place that a prompt stands for. */
  Place placeOf(Prompt prompt) {
    while (!shells.isEmpty() && !shells.peek().isInside(prompt)) {
      shells.pop();
    }
    if (!shells.isEmpty()) {
      shells.push(shells.pop().after(prompt));
      return shells.peek().place();
    }
    return prompt.isNamed() ? new Place.Host(prompt.host()) : unnamed;
  }

  /** Takes note of a command that starts or ends a shell. */
  void ran(Prompt prompt, Place at, Optional<Unwrapped> command) {
    if (command.isEmpty()) {
      return;
    }
    Unwrapped unwrapped = command.get();
    boolean leaves =
        unwrapped.words().size() == 1
            && (unwrapped.words().getFirst().equals("exit")
                || unwrapped.words().getFirst().equals("logout"));
    if (leaves && !shells.isEmpty()) {
      shells.pop();
    } else if (unwrapped.interactive() && shells.size() < DEEPEST) {
      shells.push(new Shell(unwrapped.place(), at, prompt, false));
    }
  }
}
