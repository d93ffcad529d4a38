package net.bellwether.cli;

import java.util.ArrayList;
import java.util.List;

/// Columns of text, aligned; those of numbers to the right.
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... heads) {
    rows.add(List.of(heads));
  }

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        line.append(column == 0 ? "" : GAP).append(aligned(row.get(column), column));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private String aligned(String cell, int column) {
    String padding = " ".repeat(width(column) - cell.length());
    return isNumeric(column) ? padding + cell : cell + padding;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private boolean isNumeric(int column) {
    List<String> cells =
        rows.stream()
            .skip(1)
            .map(row -> row.get(column))
            .filter(cell -> !cell.equals("-"))
            .toList();
    return !cells.isEmpty()
        && cells.stream().allMatch(cell -> cell.matches("[0-9]+([.][0-9]+)?( %)?"));
  }
}
