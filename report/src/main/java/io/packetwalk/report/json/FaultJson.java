package io.packetwalk.report.json;

/** The JSON that answers a line which asks no question. */
public final class FaultJson {
  private FaultJson() {}

  /**
   * One object on one line, without a line end.
   *
   * @param number of the line, counted from 1
   * @param line as it was given
   */
  public static String text(int number, String line, String reason) {
    return JsonText.of(
        false,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("error", reason);
          json.writeNumberProperty("line", number);
          json.writeStringProperty("text", line);
          json.writeEndObject();
        });
  }
}
