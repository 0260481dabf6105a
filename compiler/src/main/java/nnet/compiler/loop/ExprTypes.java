package nnet.compiler.loop;

import nnet.compiler.type.ElementType;

/// What operations accept.
final class ExprTypes {

    private ExprTypes() {
    }

    /// Whether the operands of an expression have types that it may be applied to. Says nothing of their parts.
    static boolean agree(Expr expr) {
        return switch (expr) {
            case Expr.Literal(var type, double value) -> switch (type) {
                case F32, F64 -> true;
                case I32 -> value == (int) value;
                case BOOL -> value == 0 || value == 1;
            };
            case Expr.Read _,Expr.Convert _ -> true;
            case Expr.Load(_, var index) -> index.type() == ElementType.I32;
            case Expr.Unary(var op, var operand) -> accepts(op, operand.type());
            case Expr.Binary(var op, var left, var right) -> left.type() == right.type() && accepts(op, left.type());
            case Expr.Fma(var a, var b, var c) -> a.type().isFloating() && a.type() == b.type() && a.type() == c.type();
            case Expr.Select(var condition, var then, var otherwise) ->
                condition.type() == ElementType.BOOL && then.type() == otherwise.type();
            case Expr.Bits(var type, var operand) -> type == ElementType.F32 && operand.type() == ElementType.I32
                    || type == ElementType.I32 && operand.type() == ElementType.F32;
            case Expr.Call(_, var operand) -> operand.type().isFloating();
        };
    }

    private static boolean accepts(Expr.UnaryOp op, ElementType type) {
        return switch (op) {
            case NEGATE, ABS -> type != ElementType.BOOL;
            case NOT -> type == ElementType.BOOL;
            case SQRT, FLOOR, ROUND -> type.isFloating();
        };
    }

    private static boolean accepts(Expr.BinaryOp op, ElementType type) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, MIN, MAX, LESS, LESS_EQUAL -> type != ElementType.BOOL;
            case AND, OR, XOR -> !type.isFloating();
            case SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT, ROTATE_LEFT -> type == ElementType.I32;
            case EQUAL, NOT_EQUAL -> true;
        };
    }
}
