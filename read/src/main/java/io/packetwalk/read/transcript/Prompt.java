package io.packetwalk.read.transcript;

/**
 * A shell's prompt with what was typed behind it.
 *
 * @param host the machine's name in it; empty when it names none
 * @param text the prompt itself, without white space at its end
 * @param command what was typed; empty when nothing was
 */
record Prompt(Shape shape, String host, String text, String command) {

  /** What a prompt looks like. */
  enum Shape {
    /** {@code root@host:~#}, {@code [root@host ~]#}, {@code host:~$}: names a machine. */
    NAMED,
    /** {@code / #}: a folder, as the shells of small containers show. */
    FOLDER,
    /** {@code bash-4.4#}. */
    SHELL,
    /** {@code $}. */
    DOLLAR,
    /** {@code #}. */
    HASH
  }

  boolean isNamed() {
    return shape == Shape.NAMED;
  }
}
