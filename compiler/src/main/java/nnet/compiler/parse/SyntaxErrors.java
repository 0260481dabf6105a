package nnet.compiler.parse;

import java.util.List;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Source;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;

/// Turns what the parser could not match into messages, at most one for each line, and goes on behind the mistake.
final class SyntaxErrors extends DefaultErrorStrategy {

    private final Source source;
    private final List<Diagnostic> diagnostics;

    SyntaxErrors(Source source, List<Diagnostic> diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
    }

    @Override
    public void reportError(Parser recognizer, RecognitionException e) {
        if (!inErrorRecoveryMode(recognizer)) {
            beginErrorCondition(recognizer);
            diagnostics.add(Diagnostic.error("syntax error", Tokens.span(source, e.getOffendingToken()), ""));
        }
    }
}
