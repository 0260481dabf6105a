package nnet.compiler.model;

import java.util.OptionalInt;
import nnet.compiler.source.Span;
import nnet.compiler.type.TensorType;

/// One tensor of a body. `id` is unique within a model; `categories` is k where the values are those of a `category(k)`; `hint` is a name for people,
/// empty or taken from the source; `span` is the expression that made it, which messages about its shape point at.
public record Variable(int id, TensorType type, OptionalInt categories, String hint, Span span) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Variable variable && variable.id == id;
    }

    @Override
    public int hashCode() {
        return id;
    }

    /// The type as written in the language: `f32[2]`, `category(10)[5]`.
    public String describe() {
        return Port.describe(type, categories);
    }
}
