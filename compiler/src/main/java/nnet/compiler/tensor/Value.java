package nnet.compiler.tensor;

import nnet.compiler.source.Span;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// One tensor of a graph. `id` is unique within its graph; `hint` is a name for people, empty or taken from the source.
public record Value(int id, TensorType type, String hint, Span span) {

    public Shape shape() {
        return type.shape();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Value value && value.id == id;
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return "%" + id;
    }
}
