package nnet.compiler.syntax;

import java.util.List;
import java.util.stream.Collectors;
import nnet.compiler.syntax.Expression.Binary;
import nnet.compiler.syntax.Expression.BinaryOperator;
import nnet.compiler.syntax.Expression.BlockExpression;
import nnet.compiler.syntax.Expression.BooleanLiteral;
import nnet.compiler.syntax.Expression.Call;
import nnet.compiler.syntax.Expression.If;
import nnet.compiler.syntax.Expression.Index;
import nnet.compiler.syntax.Expression.IntegerLiteral;
import nnet.compiler.syntax.Expression.Lambda;
import nnet.compiler.syntax.Expression.ListLiteral;
import nnet.compiler.syntax.Expression.Member;
import nnet.compiler.syntax.Expression.Pipe;
import nnet.compiler.syntax.Expression.Range;
import nnet.compiler.syntax.Expression.RealLiteral;
import nnet.compiler.syntax.Expression.Reference;
import nnet.compiler.syntax.Expression.Repeat;
import nnet.compiler.syntax.Expression.Scan;
import nnet.compiler.syntax.Expression.StringLiteral;
import nnet.compiler.syntax.Expression.Tuple;
import nnet.compiler.syntax.Expression.Unary;
import nnet.compiler.syntax.Expression.UnaryOperator;
import nnet.compiler.syntax.TypeExpression.Extent;

/// Expressions, statements and types -> text, with parentheses only where they are needed.
///
/// @param indent what stands before each further line
record ExpressionPrinter(String indent) {

    static final String STEP = "  ";

    /// How tightly an expression binds, as in the grammar: a looser one inside a tighter one needs parentheses.
    private enum Level {
        EXPRESSION, DISJUNCTION, CONJUNCTION, NEGATION, COMPARISON, SUM, PRODUCT, UNARY, POWER, POSTFIX, PRIMARY;

        Level tighter() {
            return values()[ordinal() + 1];
        }

        static Level of(Expression expression) {
            return switch (expression) {
                case Lambda _,Pipe _,Range _ -> EXPRESSION;
                case Binary binary -> of(binary.operator());
                case Unary unary -> unary.operator() == UnaryOperator.NOT ? NEGATION : UNARY;
                case Call _,Index _,Member _ -> POSTFIX;
                case IntegerLiteral _,RealLiteral _,BooleanLiteral _,StringLiteral _,Reference _,If _,Tuple _,ListLiteral _,BlockExpression _,Repeat _,Scan _ ->
                    PRIMARY;
            };
        }

        static Level of(BinaryOperator operator) {
            return switch (operator) {
                case OR -> DISJUNCTION;
                case AND -> CONJUNCTION;
                case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> COMPARISON;
                case ADD, SUBTRACT -> SUM;
                case MULTIPLY, DIVIDE, REMAINDER, MATRIX -> PRODUCT;
                case POWER -> POWER;
            };
        }
    }

    ExpressionPrinter indented() {
        return new ExpressionPrinter(indent + STEP);
    }

    String expression(Expression expression) {
        return at(Level.EXPRESSION, expression);
    }

    private String at(Level level, Expression expression) {
        String text = text(expression);
        return Level.of(expression).compareTo(level) < 0 ? "(" + text + ")" : text;
    }

    private String text(Expression expression) {
        return switch (expression) {
            case IntegerLiteral literal -> Long.toString(literal.value());
            case RealLiteral literal -> Double.toString(literal.value()).replace(".0E", "e").replace('E', 'e');
            case BooleanLiteral literal -> Boolean.toString(literal.value());
            case StringLiteral literal -> quoted(literal.value());
            case Reference reference -> reference.name().text();
            case Call call -> at(Level.POSTFIX, call.function()) + arguments(call.arguments());
            case Index index -> at(Level.POSTFIX, index.value()) + "[" + list(index.indices()) + "]";
            case Member member -> at(Level.POSTFIX, member.value()) + "." + member.name();
            case Range range -> range.from().map(this::expression).orElse("") + ".." + range.to().map(this::expression).orElse("");
            case Pipe pipe -> (pipe.value() instanceof Pipe ? expression(pipe.value()) : at(Level.DISJUNCTION, pipe.value())) + " -> "
                    + pipe.label().map(label -> label + ": ").orElse("") + at(Level.POSTFIX, pipe.stage());
            case Lambda lambda -> (lambda.parameters().size() == 1
                    ? lambda.parameters().getFirst().text()
                    : "(" + SyntaxPrinter.names(lambda.parameters()) + ")")
                    + " => " + expression(lambda.body());
            case Unary unary -> unary.operator().text + at(Level.of(unary), unary.operand());
            case Binary binary -> binary(binary);
            case Tuple tuple -> tuple.elements().size() == 1 && tuple.elements().getFirst().name().isEmpty()
                    ? "(" + expression(tuple.elements().getFirst().value()) + ",)"
                    : arguments(tuple.elements());
            case ListLiteral literal -> "[" + list(literal.elements()) + "]";
            case BlockExpression block -> block(block.block());
            case If choice -> condition(choice);
            case Repeat repeat -> "repeat(" + expression(repeat.count()) + ") " + block(repeat.body());
            case Scan scan -> scan(scan);
        };
    }

    /// Operators associate to the left, except power (to the right) and comparisons (not at all).
    private String binary(Binary binary) {
        Level level = Level.of(binary);
        Level left = level == Level.COMPARISON || level == Level.POWER ? level.tighter() : level;
        Level right = level == Level.POWER ? Level.UNARY : level.tighter();
        String operator = level == Level.POWER ? "^" : " " + binary.operator().text + " ";
        return at(left, binary.left()) + operator + at(right, binary.right());
    }

    private String condition(If choice) {
        String otherwise = choice.otherwise().map(block -> " else " + (block.statements().size() == 1
                && block.statements().getFirst() instanceof Statement.Evaluate(_, If nested) ? condition(nested) : block(block)))
                .orElse("");
        return "if " + expression(choice.condition()) + " " + block(choice.then()) + otherwise;
    }

    private String scan(Scan scan) {
        String sources = scan.sources().stream().map(s -> expression(s.value()) + " as " + s.element()).collect(Collectors.joining(", "));
        String carries = scan.carries().stream().map(c -> c.name() + " = " + expression(c.initial())).collect(Collectors.joining(", "));
        return "scan " + sources + (scan.reverse() ? " backwards" : "") + (carries.isEmpty() ? "" : " with " + carries)
                + scan.truncation().map(steps -> " truncate " + expression(steps)).orElse("") + " " + lines(scan.body());
    }

    private String arguments(List<Call.Argument> arguments) {
        return arguments.stream().map(a -> a.name().map(name -> name + ": ").orElse("") + expression(a.value()))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private String list(List<Expression> expressions) {
        return expressions.stream().map(this::expression).collect(Collectors.joining(", "));
    }

    /// A single short statement stays on the line.
    private String block(Block block) {
        if (block.statements().size() == 1) {
            String only = statement(block.statements().getFirst());
            if (only.length() < 60 && only.indexOf('\n') < 0) {
                return "{ " + only + " }";
            }
        }
        return lines(block);
    }

    String lines(Block block) {
        return block.statements().isEmpty()
                ? "{ }"
                : block.statements().stream().map(s -> indent + STEP + indented().statement(s) + "\n")
                        .collect(Collectors.joining("", "{\n", indent + "}"));
    }

    private String statement(Statement statement) {
        return switch (statement) {
            case Statement.Let let ->
                "let " + pattern(let.names()) + " = " + expression(let.value());
            case Statement.Param param ->
                SyntaxPrinter.doc(param.doc(), indent) + "param " + param.name() + ": " + type(param.type()) + " = "
                        + expression(param.initializer());
            case Statement.State state ->
                SyntaxPrinter.doc(state.doc(), indent) + "state " + state.name() + state.type().map(t -> ": " + type(t)).orElse("")
                        + " = " + expression(state.initial());
            case Statement.Update update -> update.state() + " <- " + expression(update.value());
            case Statement.Assign assign -> assign.name() + " = " + expression(assign.value());
            case Statement.Require require -> "require " + expression(require.condition()) + ", " + expression(require.message());
            case Statement.For loop -> "for " + pattern(loop.names()) + " in " + expression(loop.range()) + " " + lines(loop.body());
            case Statement.Emit emit -> "emit " + expression(emit.value());
            case Statement.Evaluate evaluate -> expression(evaluate.value());
        };
    }

    private static String pattern(List<Declaration.Name> names) {
        return names.size() == 1 ? names.getFirst().text() : "(" + SyntaxPrinter.names(names) + ")";
    }

    String type(TypeExpression type) {
        return switch (type) {
            case TypeExpression.Tensor tensor -> tensor.element().map(Declaration.Name::text).orElse("")
                    + (tensor.arguments().isEmpty() ? "" : "(" + list(tensor.arguments()) + ")")
                    + tensor.shape().map(shape -> shape.stream().map(this::extent).collect(Collectors.joining(", ", "[", "]"))).orElse("");
        };
    }

    private String extent(Extent extent) {
        return switch (extent) {
            case Extent.Rest _ -> "...";
            case Extent.Size size -> expression(size.value());
        };
    }

    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t") + "\"";
    }
}
