package nnet.compiler.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Block;
import nnet.compiler.syntax.Declaration.Name;
import nnet.compiler.syntax.Expression;
import nnet.compiler.syntax.Expression.Binary;
import nnet.compiler.syntax.Expression.BinaryOperator;
import nnet.compiler.syntax.Expression.Call;
import nnet.compiler.syntax.Expression.Lambda;
import nnet.compiler.syntax.Expression.Pipe;
import nnet.compiler.syntax.Expression.Reference;
import nnet.compiler.syntax.Expression.Unary;
import nnet.compiler.syntax.Expression.UnaryOperator;
import nnet.compiler.syntax.Statement;
import nnet.compiler.syntax.TypeExpression;
import nnet.grammar.NnetParser;
import nnet.grammar.NnetParser.ArgumentContext;
import nnet.grammar.NnetParser.ChainContext;
import nnet.grammar.NnetParser.ConditionContext;
import nnet.grammar.NnetParser.ExpressionContext;
import nnet.grammar.NnetParser.ExtentContext;
import nnet.grammar.NnetParser.NegationContext;
import nnet.grammar.NnetParser.PostfixContext;
import nnet.grammar.NnetParser.PowerContext;
import nnet.grammar.NnetParser.PrimaryContext;
import nnet.grammar.NnetParser.RangeContext;
import nnet.grammar.NnetParser.ScanContext;
import nnet.grammar.NnetParser.StageContext;
import nnet.grammar.NnetParser.SuffixContext;
import nnet.grammar.NnetParser.TupleContext;
import nnet.grammar.NnetParser.TypeContext;
import nnet.grammar.NnetParser.UnaryContext;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/// Parse tree -> syntax, for expressions and types.
final class ExpressionReader {

    /// Links of one chain of stages, operators or suffixes. The records nest once for each link and passes descend recursively; no person writes so long a chain.
    private static final int LONGEST_CHAIN = 500;

    /// What the value of a pipe without a beginning is called.
    private static final String IT = "it";

    private final Places places;
    private final Literals literals;
    private final StatementReader statements;

    ExpressionReader(Places places) {
        this.places = places;
        this.literals = new Literals(places);
        this.statements = new StatementReader(places, this);
    }

    StatementReader statements() {
        return statements;
    }

    Expression read(ExpressionContext context) {
        if (context.lambda() != null) {
            return new Lambda(places.span(context), places.names(context.lambda().name()), read(context.lambda().expression()));
        }
        if (context.chain() != null) {
            Span start = places.source().span(places.span(context).start(), places.span(context).start());
            return new Lambda(places.span(context), List.of(new Name(start, IT)), fromIt(context.chain()));
        }
        return pipe(operation(context.pipe().disjunction()), context.pipe().stage());
    }

    Expression fromIt(ChainContext chain) {
        Span start = places.source().span(places.span(chain).start(), places.span(chain).start());
        return pipe(new Reference(start, new Name(start, IT)), chain.stage());
    }

    private Expression pipe(Expression first, List<StageContext> stages) {
        Expression value = first;
        for (StageContext stage : bounded(stages)) {
            value = new Pipe(value.span().to(places.span(stage)), value, Optional.ofNullable(stage.name()).map(places::name),
                    postfix(stage.postfix()));
        }
        return value;
    }

    /// Everything between pipes and postfix expressions: operators, one rule of the grammar for each strength of binding.
    private Expression operation(ParserRuleContext context) {
        return switch (context) {
            case NegationContext negation when negation.negation() != null ->
                new Unary(places.span(context), UnaryOperator.NOT, operation(negation.negation()));
            case UnaryContext unary when unary.unary() != null ->
                new Unary(places.span(context), UnaryOperator.NEGATE, operation(unary.unary()));
            case PowerContext power when power.unary() == null -> postfix(power.postfix());
            case PowerContext power ->
                new Binary(places.span(context), BinaryOperator.POWER, postfix(power.postfix()), operation(power.unary()));
            case ParserRuleContext level -> leftToRight(level);
        };
    }

    /// Operands with operators between them, from left to right.
    private Expression leftToRight(ParserRuleContext level) {
        Expression value = operation((ParserRuleContext) level.getChild(0));
        List<ParserRuleContext> operands = level.getRuleContexts(ParserRuleContext.class);
        int place = 1;
        for (ParserRuleContext operand : bounded(operands.subList(1, operands.size()))) {
            Expression right = operation(operand);
            value = new Binary(value.span().to(right.span()), BinaryOperator.of(level.getChild(place).getText()), value, right);
            place += 2;
        }
        return value;
    }

    private <T extends ParserRuleContext> List<T> bounded(List<T> links) {
        if (links.size() <= LONGEST_CHAIN) {
            return links;
        }
        places.error("this chain is too long", places.span(links.get(LONGEST_CHAIN)),
                "at most " + LONGEST_CHAIN + " links; name a part of it with `let`");
        return links.subList(0, LONGEST_CHAIN);
    }

    private Expression postfix(PostfixContext context) {
        Expression value = primary(context.primary());
        for (SuffixContext suffix : bounded(context.suffix())) {
            Span span = value.span().to(places.span(suffix));
            value = switch (suffix) {
                case NnetParser.CallContext call -> new Call(span, value, arguments(call.arguments().argument()));
                case NnetParser.IndexContext index -> new Expression.Index(span, value, index.range().stream().map(this::range).toList());
                case NnetParser.SelectContext select -> new Expression.Member(span, value, places.name(select.name()));
                case NnetParser.SelectAllContext all -> new Expression.Member(span, value, new Name(places.span(all), "*"));
                case SuffixContext other -> throw new IllegalStateException("no suffix: " + other.getText());
            };
        }
        return value;
    }

    private Expression primary(PrimaryContext context) {
        Span span = places.span(context);
        return switch (context) {
            case NnetParser.IntegerContext integer -> literals.integer(integer.INTEGER().getSymbol());
            case NnetParser.RealContext real -> literals.real(real.REAL().getSymbol());
            case NnetParser.StringContext string -> new Expression.StringLiteral(span, unescape(string.STRING().getSymbol()));
            case NnetParser.BooleanContext truth -> new Expression.BooleanLiteral(span, truth.TRUE() != null);
            case NnetParser.ReferenceContext reference -> new Reference(span, places.name(reference.name()));
            case TupleContext tuple -> tuple(tuple);
            case NnetParser.ListContext list -> new Expression.ListLiteral(span, list.expression().stream().map(this::read).toList());
            case NnetParser.BracesContext braces -> new Expression.BlockExpression(span, statements.block(braces.block()));
            case NnetParser.IfContext choice -> condition(choice.condition());
            case NnetParser.RepeatContext repeat ->
                new Expression.Repeat(span, read(repeat.expression()), statements.repeated(repeat.block()));
            case ScanContext scan -> scan(scan);
            case PrimaryContext other -> throw new IllegalStateException("no primary: " + other.getText());
        };
    }

    /// `(a)` is a, `(a,)` and `(name: a)` are tuples of one.
    private Expression tuple(TupleContext context) {
        List<Call.Argument> elements = arguments(context.argument());
        boolean isGrouping = elements.size() == 1 && elements.getFirst().name().isEmpty() && context.COMMA().isEmpty();
        return isGrouping ? elements.getFirst().value() : new Expression.Tuple(places.span(context), elements);
    }

    private Expression.If condition(ConditionContext context) {
        Optional<Block> otherwise = Optional.ofNullable(context.condition()).map(this::condition)
                .map(nested -> new Block(nested.span(), List.of(new Statement.Evaluate(nested.span(), nested))))
                .or(() -> Optional.ofNullable(context.block(1)).map(statements::block));
        return new Expression.If(places.span(context), read(context.expression()), statements.block(context.block(0)), otherwise);
    }

    private Expression.Scan scan(ScanContext context) {
        List<Expression.Scan.Source> sources = context.sequence().stream()
                .map(s -> new Expression.Scan.Source(places.span(s), read(s.expression()), places.name(s.name()))).toList();
        List<Expression.Scan.Carry> carries = context.carry().stream()
                .map(c -> new Expression.Scan.Carry(places.span(c), places.name(c.name()), read(c.expression()))).toList();
        Optional<Expression> truncation = Optional.ofNullable(context.truncation()).map(t -> read(t.expression()));
        return new Expression.Scan(places.span(context), sources, carries, context.BACKWARDS() != null, truncation,
                statements.block(context.block()));
    }

    Expression range(RangeContext context) {
        if (context.RANGE() == null) {
            return read(context.from);
        }
        return new Expression.Range(places.span(context), Optional.ofNullable(context.from).map(this::read),
                Optional.ofNullable(context.to).map(this::read));
    }

    List<Call.Argument> arguments(List<ArgumentContext> contexts) {
        List<Call.Argument> arguments = new ArrayList<>();
        for (ArgumentContext argument : contexts) {
            arguments.add(new Call.Argument(places.span(argument), Optional.ofNullable(argument.name()).map(places::name),
                    read(argument.expression())));
        }
        return List.copyOf(arguments);
    }

    TypeExpression type(TypeContext context) {
        List<Expression> arguments = context.typeArguments() == null
                ? List.of()
                : context.typeArguments().expression().stream().map(this::read).toList();
        return new TypeExpression.Tensor(places.span(context), Optional.ofNullable(context.name()).map(places::name), arguments,
                Optional.ofNullable(context.shape()).map(shape -> shape.extent().stream().map(this::extent).toList()));
    }

    private TypeExpression.Extent extent(ExtentContext context) {
        return context.REST() == null
                ? new TypeExpression.Extent.Size(places.span(context), read(context.expression()))
                : new TypeExpression.Extent.Rest(places.span(context));
    }

    String unescape(Token token) {
        return literals.text(token);
    }
}
