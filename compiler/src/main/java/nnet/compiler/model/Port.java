package nnet.compiler.model;

import java.util.Optional;
import java.util.OptionalInt;
import nnet.compiler.source.Span;
import nnet.compiler.type.TensorType;

/// A named input, output or target of a network, for one example.
///
/// An input or target declared `category(k)` is `i32[]` with values 0 to k-1. An output declared `category(k)` is `f32[k]`: the probability of each category.
///
/// @param meaning the enum whose members the categories are, or the record whose fields the numbers of an input `f32[fields]` are
public record Port(String name, Optional<String> doc, TensorType type, OptionalInt categories, Optional<Meaning> meaning, Span span) {

    public Port(String name, Optional<String> doc, TensorType type, OptionalInt categories, Span span) {
        this(name, doc, type, categories, Optional.empty(), span);
    }

    /// The record whose fields these numbers are.
    public Optional<Row> row() {
        return meaning.filter(Row.class::isInstance).map(Row.class::cast);
    }

    /// The enum whose members these categories are.
    public Optional<Enumeration> enumeration() {
        return meaning.filter(Enumeration.class::isInstance).map(Enumeration.class::cast);
    }

    /// The type as written in the language.
    public static String describe(TensorType type, OptionalInt categories) {
        if (categories.isEmpty()) {
            return type.toString();
        }
        String category = "category(" + categories.getAsInt() + ")";
        return type.rank() == 0 ? category : category + type.shape();
    }
}
