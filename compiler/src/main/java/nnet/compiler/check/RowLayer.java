package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import nnet.compiler.model.Row;
import nnet.compiler.model.Row.Category;
import nnet.compiler.model.Row.Field;
import nnet.compiler.model.Row.Policy;
import nnet.compiler.model.Row.Scaling;
import nnet.compiler.parse.Parsed;
import nnet.compiler.parse.Parser;
import nnet.compiler.source.Source;
import nnet.compiler.syntax.Declaration.Definition;

/// A record is encoded by a layer, which is written here in the language itself: it takes the row of raw values and gives the vector that the network sees.
///
/// ```text
/// layer Flower(row: [4]) {
///   state shift: [4] = zeros
///   state scale: [4] = ones
///   concat([(row[0..3] - shift[0..3]) * scale[0..3], one_of(row[3], 5)])
/// }
/// ```
///
/// The states hold what the training rows say; they are `shift`, `scale` and `missing`, each with one number for every field. `missing` takes the place of a
/// number that is not known (NaN).
final class RowLayer {

    private final Row row;
    private final List<String> pieces = new ArrayList<>();

    private RowLayer(Row row) {
        this.row = row;
    }

    /// The layer, complete, under the name of the input that it encodes.
    static Datum.Defined of(Row row, String path, FileScope file, Report report) {
        Source text = new Source("the encoding of " + row.name(), new RowLayer(row).text());
        report.written(text);
        Parsed parsed = Parser.parse(text);
        if (parsed.hasErrors()) {
            throw new IllegalStateException("a record became a bad layer: " + text.text());
        }
        Definition layer = (Definition) parsed.file().declarations().getFirst();
        return new Datum.Defined(layer, file.written(parsed.file(), report), Optional.empty(), Optional.of(path));
    }

    private String text() {
        int next = 0;
        while (next < row.fields().size()) {
            next = row.fields().get(next).kind() instanceof Category category ? category(next, category) : numbers(next);
        }
        StringBuilder text = new StringBuilder("layer ").append(row.name()).append("(row: [").append(row.fields().size()).append("]) {\n");
        state(text, "shift", "zeros", row.fields().stream().anyMatch(RowLayer::isScaled));
        state(text, "scale", "ones", row.fields().stream().anyMatch(RowLayer::isScaled));
        state(text, "missing", "zeros", row.fields().stream().anyMatch(RowLayer::isFilled));
        return text.append(pieces.stream().collect(Collectors.joining(", ", "concat([", "])\n}\n"))).toString();
    }

    private void state(StringBuilder text, String name, String initial, boolean isNeeded) {
        if (isNeeded) {
            text.append("state ").append(name).append(": [").append(row.fields().size()).append("] = ").append(initial).append('\n');
        }
    }

    /// Neighbours that are treated alike are one piece.
    private int numbers(int from) {
        Field first = row.fields().get(from);
        int to = from + 1;
        while (to < row.fields().size() && isLike(first, row.fields().get(to))) {
            to++;
        }
        String range = "[" + from + ".." + to + "]";
        String piece = "row" + range;
        piece = isFilled(first) ? "known(" + piece + ", missing" + range + ")" : piece;
        piece = isLogarithmic(first) ? "signed_log(" + piece + ")" : piece;
        pieces.add(isScaled(first) ? "(" + piece + " - shift" + range + ") * scale" + range : piece);
        return to;
    }

    private static boolean isLike(Field first, Field other) {
        return other.kind() instanceof Row.Number && isFilled(first) == isFilled(other) && isLogarithmic(first) == isLogarithmic(other)
                && isScaled(first) == isScaled(other);
    }

    /// A missing category is one more, the last, or none of them.
    private int category(int at, Category category) {
        Field field = row.fields().get(at);
        boolean hasOwn = hasOwn(field);
        String value = "row[" + at + "]";
        String known = hasOwn ? "known(" + value + ", " + category.size() + ")" : value;
        int size = size(field, category);
        pieces.add(category.embedded() > 0
                ? "(" + known + " -> " + field.name() + ": Embedded(" + size + ", " + category.embedded() + "))"
                : "one_of(" + known + ", " + size + ")");
        return at + 1;
    }

    private static boolean hasOwn(Field field) {
        return field.missing().filter(missing -> missing.policy() == Policy.CATEGORY).isPresent();
    }

    private static int size(Field field, Category category) {
        return category.size() + (hasOwn(field) ? 1 : 0);
    }

    /// How many elements of the vector a field has.
    static int width(Field field) {
        return switch (field.kind()) {
            case Row.Number _ -> 1;
            case Category category -> category.embedded() > 0 ? category.embedded() : size(field, category);
        };
    }

    private static boolean isScaled(Field field) {
        return field.kind() instanceof Row.Number number && number.scaling() != Scaling.NONE;
    }

    private static boolean isLogarithmic(Field field) {
        return field.kind() instanceof Row.Number number && number.log();
    }

    private static boolean isFilled(Field field) {
        return field.kind() instanceof Row.Number && field.missing().isPresent();
    }
}
