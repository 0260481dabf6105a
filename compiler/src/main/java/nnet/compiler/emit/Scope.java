package nnet.compiler.emit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Local;
import nnet.compiler.code.Type;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.ElementType;

/// What the names of the loop IR mean inside one method: each variable a Java expression, each buffer an array from an offset on.
final class Scope {

    /// Where element 0 of a buffer lies.
    record Place(Expression array, Expression offset) {
        Expression index(Expression element) {
            return Expression.add(offset, element);
        }
    }

    final Names names;
    private final Map<Variable, Expression> variables = new HashMap<>();
    private final Map<Buffer, Place> buffers = new HashMap<>();

    Scope(Names names) {
        this.names = names;
    }

    void bind(Variable variable, Expression value) {
        variables.put(variable, value);
    }

    void bind(Buffer buffer, Place place) {
        buffers.put(buffer, place);
    }

    /// A new local for a variable.
    Local declare(Variable variable) {
        Local local = local(variable.name(), type(variable.type()));
        bind(variable, local);
        return local;
    }

    Local local(String wish, Type type) {
        return new Local(names.unique(wish), type);
    }

    Expression read(Variable variable) {
        return Optional.ofNullable(variables.get(variable))
                .orElseThrow(() -> new IllegalStateException("the variable " + variable + " is not defined here"));
    }

    Local local(Variable variable) {
        if (read(variable) instanceof Local local) {
            return local;
        }
        throw new IllegalStateException("the variable " + variable + " cannot be changed");
    }

    Place place(Buffer buffer) {
        return Optional.ofNullable(buffers.get(buffer))
                .orElseThrow(() -> new IllegalStateException("the buffer " + buffer + " is not known here"));
    }

    /// The type of a scalar value; conditions are Java's.
    static Type type(ElementType type) {
        return switch (type) {
            case F32 -> Type.FLOAT;
            case F64 -> Type.DOUBLE;
            case I32 -> Type.INT;
            case BOOL -> Type.BOOLEAN;
        };
    }

    /// The type of an array of such elements; truth values lie in an `int[]`.
    static Type array(ElementType type) {
        return type == ElementType.BOOL ? Type.INT.array() : type(type).array();
    }
}
