package nnet.compiler.model;

import java.util.Optional;
import java.util.OptionalInt;
import nnet.compiler.source.Span;
import nnet.compiler.type.TensorType;

/// A named input, output or target of a network, for one example.
///
/// An input or target declared `category(k)` is `i32[]` with values 0 to k-1. An output declared `category(k)` is `f32[k]`: the probability of each category.
public record Port(String name, Optional<String> doc, TensorType type, OptionalInt categories, Span span) {

    /// The type as written in the language.
    public static String describe(TensorType type, OptionalInt categories) {
        if (categories.isEmpty()) {
            return type.toString();
        }
        String category = "category(" + categories.getAsInt() + ")";
        return type.rank() == 0 ? category : category + type.shape();
    }
}
