package io.packetwalk.report.json;

import java.util.Locale;

/** The names of enumerated values in JSON: lower case with hyphens. */
final class Words {
  private Words() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
