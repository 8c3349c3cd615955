package io.packetwalk.report.packet;

import java.util.List;

/**
 * A layer as its name and its fields, for showing.
 *
 * @param type the layer's name in lower case
 */
public record Header(String type, List<Field> fields) {
  public Header {
    fields = List.copyOf(fields);
  }
}
