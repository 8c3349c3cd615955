package io.packetwalk.report.text;

import java.util.List;

/** Lines of text as a picture (SVG 1.1), in a font whose characters are equally wide. */
public final class SvgText {
  private static final double COLUMN = 7.8;
  private static final int LINE = 16;
  private static final int MARGIN = 12;
  private static final String STYLE =
      """
      <style>
      text { font: 13px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; fill: #1b1f24; white-space: pre; }
      .strong, .good, .bad, .doubtful { font-weight: bold; }
      .faint, .quote { fill: #7a828c; }
      .name { fill: #0b6b7d; }
      .good, .added { fill: #1a7f37; }
      .bad, .removed { fill: #c1282d; }
      .doubtful, .changed { fill: #9a6700; }
      </style>
      """;

  private SvgText() {}

  /** The picture as a document of its own. */
  public static String of(String title, List<Phrase> lines) {
    int columns = lines.stream().mapToInt(Phrase::width).max().orElse(0);
    int width = (int) Math.ceil(columns * COLUMN) + 2 * MARGIN;
    int height = lines.size() * LINE + 2 * MARGIN;
    StringBuilder picture = new StringBuilder();
    picture
        .append(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                .formatted(width, height))
        .append("viewBox=\"0 0 %d %d\" role=\"img\">\n".formatted(width, height))
        .append("<title>")
        .append(Markup.escaped(title))
        .append("</title>\n")
        .append(STYLE)
        .append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    int y = MARGIN + LINE - 4;
    for (Phrase line : lines) {
      if (!line.isEmpty()) {
        picture.append(
            "<text x=\"%d\" y=\"%d\" xml:space=\"preserve\">%s</text>\n"
                .formatted(MARGIN, y, Markup.line(line, "tspan")));
      }
      y += LINE;
    }
    return picture.append("</svg>\n").toString();
  }
}
