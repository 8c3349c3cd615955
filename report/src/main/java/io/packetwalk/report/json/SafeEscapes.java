package io.packetwalk.report.json;

import io.packetwalk.report.text.Printable;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/**
 * Which characters JSON shows as {@code \}{@code u001b}: those that JSON wants so, and all others
 * that a terminal obeys, as people look at JSON in terminals too.
 */
final class SafeEscapes extends CharacterEscapes {
  private static final long serialVersionUID = 1;
  private static final int DELETE = 0x7f;

  @Override
  public int[] getEscapeCodesForAscii() {
    int[] codes = standardAsciiEscapesForJSON();
    codes[DELETE] = ESCAPE_STANDARD;
    return codes;
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int character) {
    if (Character.isSurrogate((char) character) || Printable.isHarmless(character)) {
      return null;
    }
    return new SerializedString("\\u%04x".formatted(character));
  }
}
