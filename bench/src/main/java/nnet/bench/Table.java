package nnet.bench;

import java.util.Collections;
import java.util.List;

/// A Markdown table.
final class Table {
    private final int columns;
    private final StringBuilder text = new StringBuilder();

    Table(String... titles) {
        columns = titles.length;
        row(titles);
        row(Collections.nCopies(columns, "---").toArray(String[]::new));
    }

    void row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
        }
        text.append("| ").append(String.join(" | ", List.of(cells))).append(" |\n");
    }

    String markdown() {
        return text.toString();
    }
}
