package nnet.compiler.syntax;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Name;

/// An expression as written.
public sealed interface Expression {

    Span span();

    /// `3` (no point, no exponent).
    record IntegerLiteral(Span span, long value) implements Expression {
    }

    /// `0.5`, `1e-3`.
    record RealLiteral(Span span, double value) implements Expression {
    }

    record BooleanLiteral(Span span, boolean value) implements Expression {
    }

    /// `"xor.csv"`, unescaped.
    record StringLiteral(Span span, String value) implements Expression {
    }

    record Reference(Span span, Name name) implements Expression {
    }

    /// `f(a, b)`, `Dense(128, activation: relu)`, `Dense(3)(x)`.
    record Call(Span span, Expression function, List<Argument> arguments) implements Expression {
        public record Argument(Span span, Optional<Name> name, Expression value) {
        }
    }

    /// `x -> f -> fc1: Dense(128)`: `value -> label: stage`.
    record Pipe(Span span, Expression value, Optional<Name> label, Expression stage) implements Expression {
    }

    /// `p[target]`, `x[0]`, `x[1..3]`.
    record Index(Span span, Expression value, List<Expression> indices) implements Expression {
    }

    /// `0..n`; either end may be absent inside an index.
    record Range(Span span, Optional<Expression> from, Optional<Expression> to) implements Expression {
    }

    /// `features.*`, `iris.weight`: a path; `*` is a name of that text.
    record Member(Span span, Expression value, Name name) implements Expression {
    }

    record Unary(Span span, UnaryOperator operator, Expression operand) implements Expression {
    }

    record Binary(Span span, BinaryOperator operator, Expression left, Expression right) implements Expression {
    }

    /// `if c { a } else { b }`, as an expression or a statement; an absent `else` is only a statement.
    record If(Span span, Expression condition, Block then, Optional<Block> otherwise) implements Expression {
    }

    /// `(a, b)`: several values; `(validation: 0.1, test: 0.1)`: named ones.
    record Tuple(Span span, List<Call.Argument> elements) implements Expression {
    }

    /// `[accuracy, f1]`.
    record ListLiteral(Span span, List<Expression> elements) implements Expression {
    }

    /// A function: `x => expression` or `(a, b) => expression`. A pipe without a beginning is one, too: `-> f -> g` is `it => it -> f -> g`.
    record Lambda(Span span, List<Name> parameters, Expression body) implements Expression {
    }

    /// `{ statements; expression }`.
    record BlockExpression(Span span, Block block) implements Expression {
    }

    /// `x -> repeat(3) { -> Dense(8, relu) }`: a function that applies `body` n times. `it` is the value so far; the body is a new value of it:
    /// `{ -> Dense(8, relu) }` is `{ it -> Dense(8, relu) }`.
    record Repeat(Span span, Expression count, Block body) implements Expression {
    }

    /// `scan x as x_t, y as y_t backwards with h = zeros([units]) truncate 20 { ... emit h }`; `backwards`, carried values and `truncate` may be absent.
    record Scan(Span span, List<Source> sources, List<Carry> carries, boolean reverse, Optional<Expression> truncation,
            Block body) implements Expression {
        public record Source(Span span, Expression value, Name element) {
        }

        public record Carry(Span span, Name name, Expression initial) {
        }
    }

    enum UnaryOperator {
        NEGATE("-"), NOT("not ");

        public final String text;

        UnaryOperator(String text) {
            this.text = text;
        }
    }

    enum BinaryOperator {
        OR("or"), AND("and"), EQUAL("=="), NOT_EQUAL("!="), LESS("<"), LESS_EQUAL("<="), GREATER(">"), GREATER_EQUAL(">="), ADD("+"),
        SUBTRACT("-"), MULTIPLY("*"), DIVIDE("/"), REMAINDER("%"), MATRIX("@"), POWER("^");

        public final String text;

        BinaryOperator(String text) {
            this.text = text;
        }

        /// The operator that is written so.
        public static BinaryOperator of(String text) {
            return Arrays.stream(values()).filter(o -> o.text.equals(text)).findFirst().orElseThrow();
        }
    }
}
