package nnet.compiler.syntax;

import java.util.List;
import nnet.compiler.source.Span;

/// `{ ... }`: statements; the value of the block is that of its last statement, if that is an expression.
public record Block(Span span, List<Statement> statements) {

    public Block {
        statements = List.copyOf(statements);
    }
}
