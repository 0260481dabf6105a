package nnet.compiler.loop;

import java.util.List;
import java.util.function.UnaryOperator;
import nnet.compiler.type.ElementType;

/// A scalar expression. In a `Vector` loop the emitter gives every expression that depends on the index one lane for each iteration.
///
/// `F32` arithmetic is IEEE single precision, each operation rounded; nothing is contracted. `I32` wraps. `BOOL` is the type of conditions.
public sealed interface Expr {

    ElementType type();

    /// The expressions that this one is made of, in order of evaluation.
    default List<Expr> operands() {
        return switch (this) {
            case Literal _,Read _ -> List.of();
            case Load(_, Expr index) -> List.of(index);
            case Unary(_, Expr operand) -> List.of(operand);
            case Binary(_, Expr left, Expr right) -> List.of(left, right);
            case Fma(Expr a, Expr b, Expr c) -> List.of(a, b, c);
            case Select(Expr condition, Expr then, Expr otherwise) -> List.of(condition, then, otherwise);
            case Convert(_, Expr operand) -> List.of(operand);
            case Bits(_, Expr operand) -> List.of(operand);
            case Call(_, Expr operand) -> List.of(operand);
        };
    }

    /// The same operation on changed operands.
    default Expr mapOperands(UnaryOperator<Expr> change) {
        return switch (this) {
            case Literal _,Read _ -> this;
            case Load(Buffer buffer, Expr index) -> new Load(buffer, change.apply(index));
            case Unary(UnaryOp op, Expr operand) -> new Unary(op, change.apply(operand));
            case Binary(BinaryOp op, Expr left, Expr right) -> new Binary(op, change.apply(left), change.apply(right));
            case Fma(Expr a, Expr b, Expr c) -> new Fma(change.apply(a), change.apply(b), change.apply(c));
            case Select(Expr condition, Expr then, Expr otherwise) ->
                new Select(change.apply(condition), change.apply(then), change.apply(otherwise));
            case Convert(ElementType type, Expr operand) -> new Convert(type, change.apply(operand));
            case Bits(ElementType type, Expr operand) -> new Bits(type, change.apply(operand));
            case Call(Function function, Expr operand) -> new Call(function, change.apply(operand));
        };
    }

    /// A constant; for `I32` and `BOOL` the value is that integer (BOOL: 0 or 1), for `F32` it is rounded to one.
    record Literal(ElementType type, double value) implements Expr {
        public Literal {
            value = type == ElementType.F32 ? (float) value : value;
        }
    }

    record Read(Variable variable) implements Expr {
        @Override
        public ElementType type() {
            return variable.type();
        }
    }

    /// The element of a buffer; a `BOOL` buffer is an `int[]` of 0 and 1.
    record Load(Buffer buffer, Expr index) implements Expr {
        @Override
        public ElementType type() {
            return buffer.element();
        }
    }

    record Unary(UnaryOp op, Expr operand) implements Expr {
        @Override
        public ElementType type() {
            return op == UnaryOp.NOT ? ElementType.BOOL : operand.type();
        }
    }

    record Binary(BinaryOp op, Expr left, Expr right) implements Expr {
        @Override
        public ElementType type() {
            return op.isComparison() ? ElementType.BOOL : left.type();
        }
    }

    /// `a * b + c` with one rounding.
    record Fma(Expr a, Expr b, Expr c) implements Expr {
        @Override
        public ElementType type() {
            return a.type();
        }
    }

    /// Both sides are evaluated, so both must be valid: a load in either lies inside its buffer.
    record Select(Expr condition, Expr then, Expr otherwise) implements Expr {
        @Override
        public ElementType type() {
            return then.type();
        }
    }

    /// A change of type by value: int to float rounds to nearest even, float to int truncates towards zero as Java does, BOOL is 0 or 1.
    record Convert(ElementType type, Expr operand) implements Expr {
    }

    /// The same bits read as the other type: `F32` and `I32`.
    record Bits(ElementType type, Expr operand) implements Expr {
    }

    /// A function beyond IEEE arithmetic. The `expand` pass replaces it by arithmetic; emitters never see one.
    record Call(Function function, Expr operand) implements Expr {
        @Override
        public ElementType type() {
            return operand.type();
        }
    }

    /// `SQRT`, `ABS`, `FLOOR` (towards negative infinity) and `ROUND` (to nearest even) are exact or correctly rounded, so they are primitive.
    enum UnaryOp {
        NEGATE, NOT, SQRT, ABS, FLOOR, ROUND
    }

    /// `MIN` and `MAX` are those of `Math` (a NaN gives NaN, -0 < +0). `REMAINDER` and `DIVIDE` on `I32` are Java's. Shifts and bits: `I32` only (`SHIFT_RIGHT` is logical).
    enum BinaryOp {
        ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, MIN, MAX, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT, ROTATE_LEFT,
        EQUAL, NOT_EQUAL, LESS, LESS_EQUAL;

        public boolean isComparison() {
            return ordinal() >= EQUAL.ordinal();
        }
    }

    enum Function {
        EXP, EXPM1, LOG, LOG1P, TANH, SIGMOID, SOFTPLUS, ERF, SIN, COS
    }

    static Expr f32(double value) {
        return new Literal(ElementType.F32, value);
    }

    static Expr i32(int value) {
        return new Literal(ElementType.I32, value);
    }

    static Expr read(Variable variable) {
        return new Read(variable);
    }

    static Expr add(Expr left, Expr right) {
        return new Binary(BinaryOp.ADD, left, right);
    }

    static Expr multiply(Expr left, Expr right) {
        return new Binary(BinaryOp.MULTIPLY, left, right);
    }
}
