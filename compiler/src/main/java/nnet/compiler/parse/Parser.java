package nnet.compiler.parse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Source;
import nnet.compiler.syntax.SourceFile;
import nnet.grammar.NnetParser;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/// Text -> syntax. Any text gives a result; what is wrong with it is in the diagnostics, several of them where several things are wrong.
public final class Parser {

    private Parser() {
    }

    public static Parsed parse(Source source) {
        Optional<Diagnostic> foreign = ForeignFormat.recognise(source);
        if (foreign.isPresent()) {
            return new Parsed(nothing(source), List.of(foreign.get()));
        }
        return parse(source, Outline.whole(source));
    }

    /// Only some parts of a source, as if there were no others.
    static Parsed parse(Source source, List<Outline.Part> parts) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        try {
            List<CommonToken> tokens = Tokens.of(source, parts, diagnostics);
            NnetParser.FileContext tree = tree(source, tokens, diagnostics);
            SourceFile file = new DeclarationReader(new Places(source, tokens, diagnostics)).file(tree);
            diagnostics.sort(Comparator.comparingInt(diagnostic -> diagnostic.labels().getFirst().span().start()));
            return new Parsed(file, diagnostics);
        } catch (StackOverflowError _) {
            // The parser and all later passes descend recursively; a text nested this deeply is no program of a person.
            return new Parsed(nothing(source), List.of(Diagnostic.error("this file nests too deeply", source.span(0, 0), "")));
        }
    }

    /// SLL prediction, which is fast and nearly always enough, first; when that fails, full LL, which also reports what is wrong.
    private static NnetParser.FileContext tree(Source source, List<CommonToken> tokens, List<Diagnostic> diagnostics) {
        NnetParser fast = parser(tokens);
        fast.getInterpreter().setPredictionMode(PredictionMode.SLL);
        fast.setErrorHandler(new BailErrorStrategy());
        try {
            return fast.file();
        } catch (ParseCancellationException _) {
            NnetParser thorough = parser(tokens);
            thorough.setErrorHandler(new SyntaxErrors(source, diagnostics));
            return thorough.file();
        }
    }

    static NnetParser parser(List<CommonToken> tokens) {
        NnetParser parser = new NnetParser(new CommonTokenStream(new ListTokenSource(tokens)));
        parser.removeErrorListeners();
        return parser;
    }

    private static SourceFile nothing(Source source) {
        return new SourceFile(source, Optional.empty(), List.of(), List.of());
    }
}
