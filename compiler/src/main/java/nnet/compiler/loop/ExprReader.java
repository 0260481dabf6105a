package nnet.compiler.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.type.ElementType;

/// Reads expressions: sums of products as usual, every other operation in parentheses of its own.
final class ExprReader {

    private final Tokens tokens;
    private final Map<Integer, Buffer> buffers;
    private final Map<Integer, Variable> variables;

    ExprReader(Tokens tokens, Map<Integer, Buffer> buffers, Map<Integer, Variable> variables) {
        this.tokens = tokens;
        this.buffers = buffers;
        this.variables = variables;
    }

    Expr read() {
        Expr left = chain(2);
        Optional<Expr.BinaryOp> op = operator(1).or(() -> operator(0));
        return op.<Expr>map(o -> new Expr.Binary(o, left, chain(2))).orElse(left);
    }

    /// Operations of one level from left to right, on operands of the next.
    private Expr chain(int level) {
        Expr left = level == 3 ? primary() : chain(level + 1);
        Optional<Expr.BinaryOp> op = operator(level);
        while (op.isPresent()) {
            left = new Expr.Binary(op.get(), left, level == 3 ? primary() : chain(level + 1));
            op = operator(level);
        }
        return left;
    }

    private Optional<Expr.BinaryOp> operator(int level) {
        return Arrays.stream(Expr.BinaryOp.values())
                .filter(op -> Notation.level(op) == level && Notation.infix(op).filter(tokens::accept).isPresent())
                .findFirst();
    }

    private Expr primary() {
        String token = tokens.next();
        return switch (token) {
            case "(" -> {
                Expr inner = read();
                tokens.expect(")");
                yield inner;
            }
            case "-" -> new Expr.Unary(Expr.UnaryOp.NEGATE, primary());
            case "!" -> new Expr.Unary(Expr.UnaryOp.NOT, primary());
            case "true" -> new Expr.Literal(ElementType.BOOL, 1);
            case "false" -> new Expr.Literal(ElementType.BOOL, 0);
            default ->
                tokens.peek().equals("(") ? call(token) : token.matches("-?([0-9].*|infinityd?|nand?)") ? number(token) : name(token);
        };
    }

    private static Expr number(String token) {
        if (token.matches("-?[0-9]+")) {
            return Expr.i32(Integer.parseInt(token));
        }
        boolean wide = token.endsWith("d");
        String java = token.replace("infinity", "Infinity").replace("nan", "NaN");
        double value = wide ? Double.parseDouble(java.substring(0, java.length() - 1)) : Float.parseFloat(java);
        return new Expr.Literal(wide ? ElementType.F64 : ElementType.F32, value);
    }

    private Expr name(String token) {
        int id = id(token);
        if (tokens.accept("[")) {
            Expr index = read();
            tokens.expect("]");
            return new Expr.Load(known(buffers, id), index);
        }
        return new Expr.Read(known(variables, id));
    }

    private int id(String token) {
        try {
            return Integer.parseInt(token.substring(token.lastIndexOf('.') + 1));
        } catch (NumberFormatException _) {
            throw tokens.unexpected("name.number");
        }
    }

    private <T> T known(Map<Integer, T> names, int id) {
        return Optional.ofNullable(names.get(id)).orElseThrow(() -> tokens.unexpected("something bound before"));
    }

    private Expr call(String function) {
        List<Expr> operands = new ArrayList<>();
        tokens.list("(", ")", () -> operands.add(read()));
        Expr first = operands.getFirst();
        if (function.startsWith("bits_")) {
            return new Expr.Bits(ElementType.valueOf(function.substring(5).toUpperCase(Locale.ROOT)), first);
        }
        return switch (function) {
            case "fma" -> new Expr.Fma(first, operands.get(1), operands.get(2));
            case "select" -> new Expr.Select(first, operands.get(1), operands.get(2));
            case "f32", "f64", "i32", "bool" -> new Expr.Convert(ElementType.valueOf(function.toUpperCase(Locale.ROOT)), first);
            default -> {
                Optional<Expr> unary = find(Expr.UnaryOp.values(), function).map(op -> new Expr.Unary(op, first));
                Optional<Expr> binary = find(Expr.BinaryOp.values(), function).map(op -> new Expr.Binary(op, first, operands.get(1)));
                Optional<Expr> call = find(Expr.Function.values(), function).map(op -> new Expr.Call(op, first));
                yield unary.or(() -> binary).or(() -> call).orElseThrow(() -> tokens.unexpected("a function instead of " + function));
            }
        };
    }

    private static <E extends Enum<E>> Optional<E> find(E[] all, String word) {
        return Arrays.stream(all).filter(op -> Notation.word(op).equals(word)).findFirst();
    }
}
