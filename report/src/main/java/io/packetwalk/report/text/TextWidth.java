package io.packetwalk.report.text;

import java.lang.Character.UnicodeBlock;
import java.util.Set;

/**
 * How many columns of a terminal a text takes: none for combining marks, two for wide East Asian
 * characters and pictographs (Unicode Standard Annex 11, by blocks), one for all others.
 */
final class TextWidth {
  private static final Set<UnicodeBlock> WIDE =
      Set.of(
          UnicodeBlock.HANGUL_JAMO,
          UnicodeBlock.CJK_RADICALS_SUPPLEMENT,
          UnicodeBlock.KANGXI_RADICALS,
          UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION,
          UnicodeBlock.HIRAGANA,
          UnicodeBlock.KATAKANA,
          UnicodeBlock.BOPOMOFO,
          UnicodeBlock.HANGUL_COMPATIBILITY_JAMO,
          UnicodeBlock.ENCLOSED_CJK_LETTERS_AND_MONTHS,
          UnicodeBlock.CJK_COMPATIBILITY,
          UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS_EXTENSION_A,
          UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS,
          UnicodeBlock.HANGUL_SYLLABLES,
          UnicodeBlock.CJK_COMPATIBILITY_IDEOGRAPHS,
          UnicodeBlock.CJK_COMPATIBILITY_FORMS,
          UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS_EXTENSION_B,
          UnicodeBlock.MISCELLANEOUS_SYMBOLS_AND_PICTOGRAPHS,
          UnicodeBlock.EMOTICONS,
          UnicodeBlock.TRANSPORT_AND_MAP_SYMBOLS,
          UnicodeBlock.SUPPLEMENTAL_SYMBOLS_AND_PICTOGRAPHS);

  private static final int FIRST_THAT_IS_NOT_NARROW = 0x300;

  private TextWidth() {}

  static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  static int of(int character) {
    if (character < FIRST_THAT_IS_NOT_NARROW) {
      return 1;
    }
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    UnicodeBlock block = UnicodeBlock.of(character);
    boolean fullWidthForm = character >= 0xff01 && character <= 0xff60;
    return fullWidthForm || (block != null && WIDE.contains(block)) ? 2 : 1;
  }
}
