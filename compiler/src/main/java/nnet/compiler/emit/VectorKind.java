package nnet.compiler.emit;

import static nnet.compiler.code.Expression.call;

import java.util.Optional;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Method;
import nnet.compiler.code.Type;
import nnet.compiler.type.ElementType;

/// A kind of machine vector, and the methods of `jdk.incubator.vector` on it. Truth values are masks of one of these kinds.
enum VectorKind {
    F32("FloatVector", Type.FLOAT, "FLOATS"), F64("DoubleVector", Type.DOUBLE, "DOUBLES"), I32("IntVector", Type.INT, "INTS");

    private static final String API = "jdk.incubator.vector.";
    static final Type SPECIES = Type.of(API + "VectorSpecies");
    static final Type MASK = Type.of(API + "VectorMask");
    private static final Type VECTOR = Type.of(API + "Vector");
    private static final Type OPERATORS = Type.of(API + "VectorOperators");
    private static final Type BINARY = Type.of(API + "VectorOperators$Binary");
    private static final Type ASSOCIATIVE = Type.of(API + "VectorOperators$Associative");
    private static final Type COMPARISON = Type.of(API + "VectorOperators$Comparison");
    private static final Type CONVERSION = Type.of(API + "VectorOperators$Conversion");

    /// The Java type of such a vector.
    final Type type;
    final Type scalar;
    /// The field of a kernel class that holds the species.
    final String speciesField;

    VectorKind(String name, Type scalar, String speciesField) {
        this.type = Type.of(API + name);
        this.scalar = scalar;
        this.speciesField = speciesField;
    }

    /// What holds numbers of a type; truth values lie in memory as integers.
    static VectorKind of(ElementType type) {
        return switch (type) {
            case F32 -> F32;
            case F64 -> F64;
            case I32, BOOL -> I32;
        };
    }

    Expression broadcast(Expression species, Expression value) {
        return call(Method.ofClass(type, "broadcast", type, SPECIES, scalar), species, value);
    }

    Expression load(Expression species, Expression array, Expression index) {
        return call(Method.ofClass(type, "fromArray", type, SPECIES, scalar.array(), Type.INT), species, array, index);
    }

    Expression store(Expression vector, Expression array, Expression index) {
        return vector.invoke(Method.ofObject(type, "intoArray", Type.VOID, scalar.array(), Type.INT), array, index);
    }

    /// A method without parameters, such as `sqrt`.
    Expression unary(String name, Expression operand) {
        return operand.invoke(Method.ofObject(type, name, type));
    }

    /// A method of one other vector, such as `add`.
    Expression binary(String name, Expression left, Expression right) {
        return left.invoke(Method.ofObject(type, name, type, VECTOR), right);
    }

    Expression fma(Expression a, Expression b, Expression c) {
        return a.invoke(Method.ofObject(type, "fma", type, VECTOR, VECTOR), b, c);
    }

    /// `left.lanewise(VectorOperators.LSHL, right)`; a right side that is an `int` shifts all lanes alike.
    Expression lanewise(String operator, Expression left, Expression right) {
        Expression op = Expression.get(OPERATORS, operator, operator.equals("XOR") ? ASSOCIATIVE : BINARY);
        Type operand = right.type().isPrimitive() ? right.type() : VECTOR;
        return left.invoke(Method.ofObject(type, "lanewise", type, BINARY, operand), op, right);
    }

    Expression compare(String relation, Expression left, Expression right) {
        return left.invoke(Method.ofObject(type, "compare", MASK, COMPARISON, VECTOR), Expression.get(OPERATORS, relation, COMPARISON),
                right);
    }

    /// Lanes of `then` where the mask, which is of this kind, is set.
    Expression blend(Expression otherwise, Expression then, Expression mask) {
        return otherwise.invoke(Method.ofObject(type, "blend", type, VECTOR, MASK), then, mask);
    }

    /// The lanes of this vector, and of `second` where there is one, that a shuffle names.
    Expression rearrange(Expression vector, Expression shuffle, Optional<Expression> second) {
        return second.map(other -> vector.invoke(Method.ofObject(type, "rearrange", type, Shuffle.TYPE, VECTOR), shuffle, other))
                .orElseGet(() -> vector.invoke(Method.ofObject(type, "rearrange", type, Shuffle.TYPE), shuffle));
    }

    /// `conversion` such as `I2F`, of this vector to one of kind `to` with as many lanes.
    Expression convert(String conversion, Expression operand, VectorKind to) {
        Method method = Method.ofObject(type, "convert", VECTOR, CONVERSION, Type.INT);
        return operand.invoke(method, Expression.get(OPERATORS, conversion, CONVERSION), Expression.constant(0)).cast(to.type);
    }

    /// The same bits as the other kind of the same width.
    Expression reinterpret(Expression operand, VectorKind to) {
        if (this == to) {
            return operand;
        }
        return operand.invoke(Method.ofObject(type, to == I32 ? "reinterpretAsInts" : "reinterpretAsFloats", to.type));
    }

    /// 0, 1, 2, ...
    Expression iota(Expression species) {
        return call(Method.ofClass(type, "zero", type, SPECIES), species).invoke(Method.ofObject(type, "addIndex", type, Type.INT),
                Expression.constant(1));
    }

    /// The sum of all lanes, in no certain order: of integers, whose sum knows none.
    Expression sum(Expression vector) {
        return vector.invoke(Method.ofObject(type, "reduceLanes", scalar, ASSOCIATIVE), Expression.get(OPERATORS, "ADD", ASSOCIATIVE));
    }

    static Expression allOrNone(Expression species, Expression value) {
        return species.invoke(Method.ofInterface(SPECIES, "maskAll", MASK, Type.BOOLEAN), value);
    }

    /// A method of one other mask: `and`, `or`, `eq`.
    static Expression combine(String name, Expression left, Expression right) {
        return left.invoke(Method.ofObject(MASK, name, MASK, MASK), right);
    }

    static Expression not(Expression mask) {
        return mask.invoke(Method.ofObject(MASK, "not", MASK));
    }

}
