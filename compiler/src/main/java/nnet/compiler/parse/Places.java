package nnet.compiler.parse;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Source;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Name;
import nnet.grammar.NnetLexer;
import nnet.grammar.NnetParser.NameContext;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/// Where parts of the parse tree stand in the text, and what stands above them.
record Places(Source source, List<CommonToken> tokens, List<Diagnostic> diagnostics) {

    Span span(ParserRuleContext context) {
        return span(context.getStart()).to(span(context.getStop()));
    }

    Span span(Token token) {
        return Tokens.span(source, token);
    }

    /// The text as the user wrote it.
    String text(Token token) {
        return span(token).text();
    }

    Name name(NameContext context) {
        return new Name(span(context), context.getText());
    }

    List<Name> names(List<NameContext> contexts) {
        return contexts.stream().map(this::name).toList();
    }

    /// The lines of the `///` comment directly above, without the slashes and one space.
    Optional<String> doc(ParserRuleContext context) {
        int last = context.getStart().getTokenIndex();
        int first = last;
        while (first > 0 && tokens.get(first - 1).getChannel() == Token.HIDDEN_CHANNEL) {
            first--;
        }
        String text = tokens.subList(first, last).stream().filter(t -> t.getType() == NnetLexer.DOC)
                .map(t -> text(t).substring(3)).map(line -> line.startsWith(" ") ? line.substring(1) : line).map(String::stripTrailing)
                .collect(Collectors.joining("\n"));
        return Optional.of(text).filter(t -> !t.isBlank());
    }

    void error(String title, Span span, String text) {
        diagnostics.add(Diagnostic.error(title, span, text));
    }
}
