package nnet.compiler.check;

import nnet.compiler.source.Span;
import nnet.compiler.syntax.Expression.BinaryOperator;

/// Arithmetic with known numbers. Whole numbers stay whole where the result is; they never wrap around.
record Arithmetic(Report report, Span span) {

    static boolean isNumber(Datum datum) {
        return datum instanceof Datum.Whole || datum instanceof Datum.Real;
    }

    static double real(Datum number) {
        return switch (number) {
            case Datum.Whole(long value) -> value;
            case Datum.Real(double value) -> value;
            default -> throw new IllegalArgumentException("not a number: " + number);
        };
    }

    Datum binary(BinaryOperator operator, Datum left, Datum right) {
        try {
            return left instanceof Datum.Whole(long a) && right instanceof Datum.Whole(long b)
                    ? whole(operator, a, b)
                    : real(operator, real(left), real(right));
        } catch (ArithmeticException _) {
            return report.add(new LimitProblem.Overflow(span,
                    "`" + Datum.brief(left) + " " + operator.text + " " + Datum.brief(right) + "`"));
        }
    }

    private Datum whole(BinaryOperator operator, long a, long b) {
        return switch (operator) {
            case ADD -> new Datum.Whole(Math.addExact(a, b));
            case SUBTRACT -> new Datum.Whole(Math.subtractExact(a, b));
            case MULTIPLY -> new Datum.Whole(Math.multiplyExact(a, b));
            case DIVIDE -> b == 0
                    ? report.add(new LimitProblem.DivisionByZero(span))
                    : a % b == 0 ? new Datum.Whole(a / b) : new Datum.Real((double) a / b);
            case REMAINDER -> b == 0 ? report.add(new LimitProblem.DivisionByZero(span)) : new Datum.Whole(Math.floorMod(a, b));
            case POWER -> b < 0 ? real(operator, a, b) : new Datum.Whole(power(a, b));
            case EQUAL -> new Datum.Truth(a == b);
            case NOT_EQUAL -> new Datum.Truth(a != b);
            case LESS -> new Datum.Truth(a < b);
            case LESS_EQUAL -> new Datum.Truth(a <= b);
            case GREATER -> new Datum.Truth(a > b);
            case GREATER_EQUAL -> new Datum.Truth(a >= b);
            case MATRIX, AND, OR -> unfit(operator, new Datum.Whole(a), new Datum.Whole(b));
        };
    }

    private static long power(long base, long exponent) {
        if (base == 0 || base == 1) {
            return exponent == 0 ? 1 : base;
        }
        if (base == -1) {
            return exponent % 2 == 0 ? 1 : -1;
        }
        long product = 1;
        for (long i = 0; i < exponent; i++) {
            product = Math.multiplyExact(product, base);
        }
        return product;
    }

    private Datum real(BinaryOperator operator, double a, double b) {
        return switch (operator) {
            case ADD -> new Datum.Real(a + b);
            case SUBTRACT -> new Datum.Real(a - b);
            case MULTIPLY -> new Datum.Real(a * b);
            case DIVIDE -> b == 0 ? report.add(new LimitProblem.DivisionByZero(span)) : new Datum.Real(a / b);
            case REMAINDER -> b == 0 ? report.add(new LimitProblem.DivisionByZero(span)) : new Datum.Real(a - b * StrictMath.floor(a / b));
            case POWER -> new Datum.Real(StrictMath.pow(a, b));
            case EQUAL -> new Datum.Truth(a == b);
            case NOT_EQUAL -> new Datum.Truth(a != b);
            case LESS -> new Datum.Truth(a < b);
            case LESS_EQUAL -> new Datum.Truth(a <= b);
            case GREATER -> new Datum.Truth(a > b);
            case GREATER_EQUAL -> new Datum.Truth(a >= b);
            case MATRIX, AND, OR -> unfit(operator, new Datum.Real(a), new Datum.Real(b));
        };
    }

    private Datum unfit(BinaryOperator operator, Datum left, Datum right) {
        return report.add(new KindProblem.Operands(span, operator.text, Datum.describe(left), Datum.describe(right)));
    }
}
