package nnet.trainer.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What some of the values of an example are for: an input or a target of a network.
///
/// @param name       its name in the programs of the network, where the target of a single output is `target`; what is learnt from data is kept under this name
/// @param title      what people call it: the column of a table, the array of an archive, and messages; a target is called like the output that it is for
/// @param shape      of one example; a single value has none
/// @param categories the number of categories, or 0 where the values are no categories
/// @param fields     how each value is read, where the source says it: the fields of a record, or one for an enum
/// @param labels     what the categories are called, where the source says it
public record Port(String name, String title, List<Integer> shape, Kind kind, int categories, List<Field> fields, List<String> labels) {

    /// What each value is.
    public enum Kind {
        /// A number, `f32`.
        REAL,
        /// A whole number from 0 to `categories - 1`.
        CATEGORY,
        /// Any whole number, or a truth value as 0 or 1.
        WHOLE
    }

    public Port {
        shape = List.copyOf(shape);
        fields = List.copyOf(fields);
        labels = List.copyOf(labels);
    }

    private Port(String name, int[] shape, Kind kind, int categories) {
        this(name, name, Arrays.stream(shape).boxed().toList(), kind, categories, List.of(), List.of());
    }

    public static Port real(String name, int... shape) {
        return new Port(name, shape, Kind.REAL, 0);
    }

    public static Port category(String name, int categories, int... shape) {
        return new Port(name, shape, Kind.CATEGORY, categories);
    }

    public static Port whole(String name, int... shape) {
        return new Port(name, shape, Kind.WHOLE, 0);
    }

    /// A record: one number for each field.
    public static Port row(String name, List<Field> fields) {
        return new Port(name, name, List.of(fields.size()), Kind.REAL, 0, fields, List.of());
    }

    /// An enum.
    ///
    /// @param field how its texts are read
    public static Port choice(String name, Field field, List<String> labels) {
        return new Port(name, field.name(), List.of(), Kind.CATEGORY, labels.size(), List.of(field), labels);
    }

    /// The same, called otherwise. An enum's one field is the column itself.
    public Port titled(String other) {
        List<Field> called = isRow() ? fields : fields.stream().map(field -> field.named(other)).toList();
        return new Port(name, other, shape, kind, categories, called, labels);
    }

    /// Whether it is a record.
    public boolean isRow() {
        return kind == Kind.REAL && !fields.isEmpty();
    }

    /// What its columns are called in a header; empty where they have no names.
    List<String> columnNames() {
        return fields.isEmpty() && size() == 1 ? List.of(title) : fields.stream().map(Field::name).toList();
    }

    /// Values for each example.
    public int size() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    public boolean isCategory() {
        return kind == Kind.CATEGORY;
    }

    /// As in the language: `category(10)[5]`, `[1, 28, 28]`, `real`.
    public String type() {
        String dims = shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
        return switch (kind) {
            case REAL -> shape.isEmpty() ? "real" : dims;
            case CATEGORY -> "category(" + categories + ")" + (shape.isEmpty() ? "" : dims);
            case WHOLE -> "i32" + dims;
        };
    }
}
