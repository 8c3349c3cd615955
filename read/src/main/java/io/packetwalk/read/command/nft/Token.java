package io.packetwalk.read.command.nft;

import io.packetwalk.read.transcript.Line;

/**
 * A word of an nft listing.
 *
 * @param quoted whether it stood in quotes: then it is a value, whatever it looks like
 */
record Token(String text, boolean quoted, Line line) {
  boolean is(String word) {
    return !quoted && text.equals(word);
  }

  /** The word as nft writes it. */
  String written() {
    return quoted ? '"' + text + '"' : text;
  }
}
