package io.packetwalk.report.text;

import java.util.ArrayList;
import java.util.List;

/** Rows whose columns stand below each other; a row that is too long goes on below, indented. */
public final class Table {
  private static final String SEPARATOR = "  ";
  private static final int WIDEST_COLUMN = 44;

  private final String indentation;
  private final List<List<Phrase>> rows = new ArrayList<>();

  public Table(int indentation) {
    this.indentation = " ".repeat(indentation);
  }

  public Table row(Phrase... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** Adds the rows to a page. */
  public void write(Page page) {
    List<Integer> widths = widths();
    for (List<Phrase> row : rows) {
      Phrase line = Phrase.of(indentation);
      for (int column = 0; column < row.size(); column++) {
        boolean last = column == row.size() - 1;
        Phrase cell = row.get(column);
        line = line.and(last ? cell : cell.padded(widths.get(column)).and(SEPARATOR));
      }
      page.line(line, indentation.length() + 4);
    }
  }

  private List<Integer> widths() {
    List<Integer> widths = new ArrayList<>();
    for (List<Phrase> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        int width = Math.min(WIDEST_COLUMN, row.get(column).width());
        if (column == widths.size()) {
          widths.add(width);
        } else {
          widths.set(column, Math.max(widths.get(column), width));
        }
      }
    }
    return widths;
  }
}
