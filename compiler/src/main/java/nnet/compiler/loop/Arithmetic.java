package nnet.compiler.loop;

import nnet.compiler.type.ElementType;

/// Java's arithmetic on values that travel as doubles: each operation rounds to its element type.
final class Arithmetic {

    private Arithmetic() {
    }

    static double unary(Expr.UnaryOp op, ElementType type, double a) {
        return switch (op) {
            case NEGATE -> type == ElementType.I32 ? -(int) a : -a;
            case NOT -> a == 0 ? 1 : 0;
            case SQRT -> type == ElementType.F32 ? (float) Math.sqrt(a) : Math.sqrt(a);
            case ABS -> type == ElementType.I32 ? Math.abs((int) a) : Math.abs(a);
            case FLOOR -> Math.floor(a);
            case ROUND -> Math.rint(a);
        };
    }

    static double binary(Expr.BinaryOp op, ElementType type, double a, double b) {
        if (op.isComparison()) {
            return compare(op, a, b) ? 1 : 0;
        }
        return switch (type) {
            case F32 -> f32(op, (float) a, (float) b);
            case F64 -> f64(op, a, b);
            case I32, BOOL -> i32(op, (int) a, (int) b);
        };
    }

    private static boolean compare(Expr.BinaryOp op, double a, double b) {
        return switch (op) {
            case EQUAL -> a == b;
            case NOT_EQUAL -> a != b;
            case LESS -> a < b;
            case LESS_EQUAL -> a <= b;
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, MIN, MAX, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT,
                    ROTATE_LEFT ->
                throw new IllegalStateException(op + " compares nothing");
        };
    }

    private static float f32(Expr.BinaryOp op, float a, float b) {
        return switch (op) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case REMAINDER -> a % b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT, ROTATE_LEFT, EQUAL, NOT_EQUAL, LESS, LESS_EQUAL ->
                throw new IllegalStateException(op + " on f32");
        };
    }

    private static double f64(Expr.BinaryOp op, double a, double b) {
        return switch (op) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case REMAINDER -> a % b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT, ROTATE_LEFT, EQUAL, NOT_EQUAL, LESS, LESS_EQUAL ->
                throw new IllegalStateException(op + " on f64");
        };
    }

    private static int i32(Expr.BinaryOp op, int a, int b) {
        return switch (op) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case REMAINDER -> a % b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case SHIFT_LEFT -> a << b;
            case SHIFT_RIGHT -> a >>> b;
            case ARITHMETIC_SHIFT_RIGHT -> a >> b;
            case ROTATE_LEFT -> Integer.rotateLeft(a, b);
            case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL -> throw new IllegalStateException(op + " is a comparison");
        };
    }

    static double fma(ElementType type, double a, double b, double c) {
        return type == ElementType.F32 ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
    }

    static double convert(ElementType to, double a) {
        return switch (to) {
            case F32 -> (float) a;
            case F64 -> a;
            case I32 -> (int) a;
            case BOOL -> a != 0 ? 1 : 0;
        };
    }

    static double bits(ElementType from, ElementType to, double a) {
        if (from == ElementType.F32 && to == ElementType.I32) {
            return Float.floatToRawIntBits((float) a);
        }
        if (from == ElementType.I32 && to == ElementType.F32) {
            return Float.intBitsToFloat((int) a);
        }
        throw new IllegalStateException("bits of " + from + " as " + to);
    }

    /// A function before `expand` gives it its bits: double precision, rounded once. Good for a look, not for a comparison of bits.
    static double call(Expr.Function function, ElementType type, double a) {
        double result = switch (function) {
            case EXP -> Math.exp(a);
            case EXPM1 -> Math.expm1(a);
            case LOG -> Math.log(a);
            case LOG1P -> Math.log1p(a);
            case TANH -> Math.tanh(a);
            case SIGMOID -> 1 / (1 + Math.exp(-a));
            case SOFTPLUS -> Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
            case SIN -> Math.sin(a);
            case COS -> Math.cos(a);
            case ERF -> throw new UnsupportedOperationException("erf has a value only after the expand pass");
        };
        return type == ElementType.F32 ? (float) result : result;
    }

    static double neutral(Stmt.Combine combine, ElementType type) {
        return switch (combine) {
            case SUM -> 0;
            case MAX -> type == ElementType.I32 ? Integer.MIN_VALUE : Double.NEGATIVE_INFINITY;
            case MIN -> type == ElementType.I32 ? Integer.MAX_VALUE : Double.POSITIVE_INFINITY;
        };
    }

    static double combine(Stmt.Combine combine, ElementType type, double a, double b) {
        return switch (combine) {
            case SUM -> binary(Expr.BinaryOp.ADD, type, a, b);
            case MAX -> binary(Expr.BinaryOp.MAX, type, a, b);
            case MIN -> binary(Expr.BinaryOp.MIN, type, a, b);
        };
    }
}
