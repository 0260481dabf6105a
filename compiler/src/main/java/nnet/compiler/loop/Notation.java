package nnet.compiler.loop;

import java.util.Locale;
import java.util.Optional;

/// How operations are written: shared by printer and reader.
final class Notation {

    private Notation() {
    }

    /// The sign between the operands, or nothing where the operation is written as a function.
    static Optional<String> infix(Expr.BinaryOp op) {
        return switch (op) {
            case ADD -> Optional.of("+");
            case SUBTRACT -> Optional.of("-");
            case MULTIPLY -> Optional.of("*");
            case DIVIDE -> Optional.of("/");
            case REMAINDER -> Optional.of("%");
            case AND -> Optional.of("&");
            case OR -> Optional.of("|");
            case XOR -> Optional.of("^");
            case SHIFT_LEFT -> Optional.of("<<");
            case SHIFT_RIGHT -> Optional.of(">>>");
            case ARITHMETIC_SHIFT_RIGHT -> Optional.of(">>");
            case EQUAL -> Optional.of("==");
            case NOT_EQUAL -> Optional.of("!=");
            case LESS -> Optional.of("<");
            case LESS_EQUAL -> Optional.of("<=");
            case MIN, MAX, ROTATE_LEFT -> Optional.empty();
        };
    }

    static String word(Enum<?> op) {
        return op.name().toLowerCase(Locale.ROOT);
    }

    /// Whether `inner` needs no parentheses on either side of `outer`: products in sums, and arithmetic in comparisons. Everything else shows its parentheses.
    static boolean binds(Expr.BinaryOp inner, Expr.BinaryOp outer) {
        return level(inner) > level(outer) && level(outer) > 0;
    }

    /// Whether `inner` as the left operand of `outer` needs none: a - b + c.
    static boolean chains(Expr.BinaryOp inner, Expr.BinaryOp outer) {
        return level(inner) == level(outer) && level(outer) > 1;
    }

    /// 3: products, 2: sums, 1: comparisons, 0: bits.
    static int level(Expr.BinaryOp op) {
        return switch (op) {
            case MULTIPLY, DIVIDE, REMAINDER -> 3;
            case ADD, SUBTRACT -> 2;
            case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL -> 1;
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT, MIN, MAX, ROTATE_LEFT -> 0;
        };
    }

    /// Java's text of a number, in our words where Java has words.
    static String words(String number) {
        return number.replace("Infinity", "infinity").replace("NaN", "nan");
    }
}
