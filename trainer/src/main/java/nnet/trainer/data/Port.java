package nnet.trainer.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What some of the values of an example are for: an input or a target of a network.
///
/// @param name       its name in the network, for messages
/// @param shape      of one example; a single value has none
/// @param categories the number of categories, or 0 where the values are no categories
public record Port(String name, List<Integer> shape, Kind kind, int categories) {

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
    }

    public static Port real(String name, int... shape) {
        return new Port(name, list(shape), Kind.REAL, 0);
    }

    public static Port category(String name, int categories, int... shape) {
        return new Port(name, list(shape), Kind.CATEGORY, categories);
    }

    public static Port whole(String name, int... shape) {
        return new Port(name, list(shape), Kind.WHOLE, 0);
    }

    private static List<Integer> list(int[] shape) {
        return Arrays.stream(shape).boxed().toList();
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
