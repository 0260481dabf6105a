package nnet.compiler.emit;

import static nnet.compiler.code.Expression.call;
import static nnet.compiler.code.Expression.constant;

import nnet.compiler.code.Expression;
import nnet.compiler.code.Method;
import nnet.compiler.code.Type;

/// A constant of a kernel class: how the lanes of one kind of vector are put together of what was loaded.
record Shuffle(VectorKind kind, Spacing spacing) {

    static final Type TYPE = Type.of("jdk.incubator.vector.VectorShuffle");

    String field() {
        return spacing + "_" + kind.speciesField;
    }

    /// The first of each pair of two vectors; or the lanes 0, 0, 1, 1, ... of one.
    Expression initial(Expression species) {
        return switch (spacing) {
            case NEXT -> throw new IllegalStateException("neighbours need no shuffle");
            case ALTERNATE -> make("makeUnzip", species);
            case TWICE -> make("makeZip", species).invoke(Method.ofObject(TYPE, "wrapIndexes", TYPE));
        };
    }

    private static Expression make(String name, Expression species) {
        return call(Method.ofClass(TYPE, name, TYPE, VectorKind.SPECIES, Type.INT), species, constant(0));
    }
}
