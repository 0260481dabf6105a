package nnet.compiler.parse;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Block;
import nnet.compiler.syntax.Expression;
import nnet.compiler.syntax.Statement;
import nnet.compiler.syntax.Statement.Assign;
import nnet.compiler.syntax.Statement.Emit;
import nnet.compiler.syntax.Statement.Evaluate;
import nnet.compiler.syntax.Statement.For;
import nnet.compiler.syntax.Statement.Let;
import nnet.compiler.syntax.Statement.Param;
import nnet.compiler.syntax.Statement.Require;
import nnet.compiler.syntax.Statement.State;
import nnet.compiler.syntax.Statement.Update;
import nnet.grammar.NnetParser.AssignContext;
import nnet.grammar.NnetParser.BlockContext;
import nnet.grammar.NnetParser.EmitContext;
import nnet.grammar.NnetParser.EvaluateContext;
import nnet.grammar.NnetParser.ExpressionContext;
import nnet.grammar.NnetParser.ForContext;
import nnet.grammar.NnetParser.LetContext;
import nnet.grammar.NnetParser.ParamContext;
import nnet.grammar.NnetParser.RequireContext;
import nnet.grammar.NnetParser.StateContext;
import nnet.grammar.NnetParser.StatementContext;
import nnet.grammar.NnetParser.UpdateContext;

/// Parse tree -> syntax, for blocks and statements.
record StatementReader(Places places, ExpressionReader expressions) {

    Block block(BlockContext context) {
        return block(context, expressions::read);
    }

    /// The body of a `repeat`, where a pipe without a beginning goes on from `it`.
    Block repeated(BlockContext context) {
        return block(context, e -> e.chain() == null ? expressions.read(e) : expressions.fromIt(e.chain()));
    }

    private Block block(BlockContext context, Function<ExpressionContext, Expression> value) {
        return new Block(places.span(context), context.statement().stream().map(s -> statement(s, value)).toList());
    }

    private Statement statement(StatementContext context, Function<ExpressionContext, Expression> value) {
        Span span = places.span(context);
        return switch (context) {
            case LetContext let -> new Let(span, places.names(let.pattern().name()), expressions.read(let.expression()));
            case ParamContext param -> new Param(span, places.doc(param), places.name(param.name()), expressions.type(param.type()),
                    expressions.read(param.expression()));
            case StateContext state -> new State(span, places.doc(state), places.name(state.name()),
                    Optional.ofNullable(state.type()).map(expressions::type), expressions.read(state.expression()));
            case RequireContext require -> {
                List<Expression> parts = require.expression().stream().map(expressions::read).toList();
                yield new Require(span, parts.getFirst(), parts.getLast());
            }
            case ForContext loop -> new For(span, places.names(loop.pattern().name()), expressions.range(loop.range()),
                    block(loop.block()));
            case EmitContext emit -> new Emit(span, expressions.read(emit.expression()));
            case UpdateContext update -> new Update(span, places.name(update.name()), expressions.read(update.expression()));
            case AssignContext assign -> new Assign(span, places.name(assign.name()), expressions.read(assign.expression()));
            case EvaluateContext evaluate -> new Evaluate(span, value.apply(evaluate.expression()));
            case StatementContext other -> throw new IllegalStateException("no statement: " + other.getText());
        };
    }
}
