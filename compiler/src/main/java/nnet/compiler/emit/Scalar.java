package nnet.compiler.emit;

import static nnet.compiler.code.Expression.call;
import static nnet.compiler.code.Expression.constant;

import java.util.Arrays;
import nnet.compiler.code.Arithmetic;
import nnet.compiler.code.Condition;
import nnet.compiler.code.Conditional;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Method;
import nnet.compiler.code.Negation;
import nnet.compiler.code.Type;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Stmt.Combine;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.ElementType;

/// Scalar expressions as Java, one to one.
final class Scalar {

    private static final Type MATH = Type.of("java.lang.Math");
    private static final Type INTEGER = Type.of("java.lang.Integer");

    private final Scope scope;

    Scalar(Scope scope) {
        this.scope = scope;
    }

    Expression expression(Expr expression) {
        return switch (expression) {
            case Expr.Literal(ElementType type, double value) -> literal(type, value);
            case Expr.Read(Variable variable) -> scope.read(variable);
            case Expr.Load(Buffer buffer, Expr index) -> load(buffer, expression(index));
            case Expr.Unary(Expr.UnaryOp op, Expr operand) -> unary(op, expression(operand));
            case Expr.Binary(Expr.BinaryOp op, Expr left, Expr right) -> binary(op, expression(left), expression(right));
            case Expr.Fma(Expr a, Expr b, Expr c) -> math("fma", expression(a), expression(b), expression(c));
            case Expr.Select(Expr condition, Expr then, Expr otherwise) ->
                new Conditional(expression(condition), expression(then), expression(otherwise));
            case Expr.Convert(ElementType type, Expr operand) -> convert(type, expression(operand));
            case Expr.Bits(ElementType type, Expr operand) -> bits(type, expression(operand));
            case Expr.Call(Expr.Function function, Expr _) -> throw new IllegalStateException(function + " was not expanded");
        };
    }

    static Expression literal(ElementType type, double value) {
        return switch (type) {
            case F32 -> constant((float) value);
            case F64 -> constant(value);
            case I32 -> constant((int) value);
            case BOOL -> constant(value != 0);
        };
    }

    private Expression load(Buffer buffer, Expression index) {
        Scope.Place place = scope.place(buffer);
        Expression element = place.array().at(place.index(index));
        return buffer.element() == ElementType.BOOL ? new Condition.Compare(Condition.Relation.NOT_EQUAL, element, constant(0)) : element;
    }

    private static Expression unary(Expr.UnaryOp op, Expression operand) {
        Type type = operand.type();
        return switch (op) {
            case NEGATE -> new Negation(operand);
            case NOT -> new Condition.Not(operand);
            case ABS -> math("abs", operand);
            case SQRT -> math("sqrt", operand.cast(Type.DOUBLE)).cast(type);
            case FLOOR -> math("floor", operand.cast(Type.DOUBLE)).cast(type);
            case ROUND -> math("rint", operand.cast(Type.DOUBLE)).cast(type);
        };
    }

    private static Expression binary(Expr.BinaryOp op, Expression left, Expression right) {
        return switch (op) {
            case ADD -> Expression.add(left, right);
            case SUBTRACT -> Expression.subtract(left, right);
            case MULTIPLY -> Expression.multiply(left, right);
            case DIVIDE -> Arithmetic.of(Arithmetic.Operator.DIVIDE, left, right);
            case REMAINDER -> Arithmetic.of(Arithmetic.Operator.REMAINDER, left, right);
            case MIN -> math("min", left, right);
            case MAX -> math("max", left, right);
            case AND -> Arithmetic.of(Arithmetic.Operator.AND, left, right);
            case OR -> Arithmetic.of(Arithmetic.Operator.OR, left, right);
            case XOR -> Arithmetic.of(Arithmetic.Operator.XOR, left, right);
            case SHIFT_LEFT -> Arithmetic.of(Arithmetic.Operator.SHIFT_LEFT, left, right);
            case SHIFT_RIGHT -> Arithmetic.of(Arithmetic.Operator.SHIFT_RIGHT, left, right);
            case ARITHMETIC_SHIFT_RIGHT -> Arithmetic.of(Arithmetic.Operator.ARITHMETIC_SHIFT_RIGHT, left, right);
            case ROTATE_LEFT -> ofOneType(INTEGER, "rotateLeft", left, right);
            case EQUAL -> new Condition.Compare(Condition.Relation.EQUAL, left, right);
            case NOT_EQUAL -> new Condition.Compare(Condition.Relation.NOT_EQUAL, left, right);
            case LESS -> new Condition.Compare(Condition.Relation.LESS, left, right);
            case LESS_EQUAL -> new Condition.Compare(Condition.Relation.LESS_EQUAL, left, right);
        };
    }

    static Expression combine(Combine combine, Expression left, Expression right) {
        return switch (combine) {
            case SUM -> Expression.add(left, right);
            case MAX -> math("max", left, right);
            case MIN -> math("min", left, right);
        };
    }

    /// What a reduction starts from.
    static Expr neutral(Combine combine, ElementType type) {
        return new Expr.Literal(type, switch (combine) {
            case SUM -> 0;
            case MAX -> type == ElementType.I32 ? Integer.MIN_VALUE : Double.NEGATIVE_INFINITY;
            case MIN -> type == ElementType.I32 ? Integer.MAX_VALUE : Double.POSITIVE_INFINITY;
        });
    }

    private static Expression math(String name, Expression... arguments) {
        return ofOneType(MATH, name, arguments);
    }

    private static Expression ofOneType(Type owner, String name, Expression... arguments) {
        Type type = arguments[0].type();
        Type[] parameters = new Type[arguments.length];
        Arrays.fill(parameters, type);
        return call(Method.ofClass(owner, name, type, parameters), arguments);
    }

    private static Expression convert(ElementType type, Expression operand) {
        boolean fromCondition = operand.type().equals(Type.BOOLEAN);
        if (type == ElementType.BOOL) {
            return fromCondition ? operand : new Condition.Compare(Condition.Relation.NOT_EQUAL, operand, zero(operand.type()));
        }
        return fromCondition ? new Conditional(operand, literal(type, 1), literal(type, 0)) : operand.cast(Scope.type(type));
    }

    private static Expression zero(Type type) {
        return type.equals(Type.INT) ? constant(0) : type.equals(Type.FLOAT) ? constant(0f) : constant(0.0);
    }

    private static Expression bits(ElementType type, Expression operand) {
        return type == ElementType.I32
                ? call(Method.ofClass(Type.of("java.lang.Float"), "floatToRawIntBits", Type.INT, Type.FLOAT), operand)
                : call(Method.ofClass(Type.of("java.lang.Float"), "intBitsToFloat", Type.FLOAT, Type.INT), operand);
    }
}
