package nnet.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows of text in columns. A column whose cells are all numbers is aligned to the right.
final class TextTable {

    private final List<String[]> rows = new ArrayList<>();
    private final int columns;

    TextTable(String... head) {
        columns = head.length;
        rows.add(head);
    }

    TextTable row(Object... cells) {
        rows.add(Arrays.stream(cells).map(String::valueOf).toArray(String[]::new));
        return this;
    }

    void print(PrintStream out) {
        out.print(this);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        int[] widths = new int[columns];
        boolean[] right = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            widths[c] = rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
            right[c] = rows.stream().skip(1)
                    .allMatch(row -> row[column].matches("(\\d+ x )?-?[\\d,.]+(e[-+]?\\d+)?( bytes?| [KMGT]iB)?|NaN|-?Infinity|"));
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String padding = " ".repeat(widths[c] - row[c].length());
                line.append(c == 0 ? "" : "  ").append(right[c] ? padding + row[c] : row[c] + padding);
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }
}
