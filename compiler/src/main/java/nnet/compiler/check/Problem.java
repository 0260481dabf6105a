package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Diagnostic.Label;
import nnet.compiler.source.Diagnostic.Severity;
import nnet.compiler.source.Span;

/// A mistake of the user's, as data. Each kind knows how to say itself; the report adds where the user's own line is.
sealed interface Problem permits NameProblem, ShapeProblem, KindProblem, LimitProblem, RuleProblem {

    Diagnostic diagnostic();

    static Diagnostic error(String title, Span span, String text) {
        return new Diagnostic(Severity.ERROR, title, List.of(new Label(span, text)), List.of());
    }

    static Diagnostic with(Diagnostic diagnostic, Span span, String text) {
        List<Label> labels = new ArrayList<>(diagnostic.labels());
        labels.add(new Label(span, text));
        return new Diagnostic(diagnostic.severity(), diagnostic.title(), labels, diagnostic.hints());
    }

    static Diagnostic hint(Diagnostic diagnostic, String hint) {
        List<String> hints = new ArrayList<>(diagnostic.hints());
        if (!hint.isEmpty()) {
            hints.add(hint);
        }
        return new Diagnostic(diagnostic.severity(), diagnostic.title(), diagnostic.labels(), hints);
    }
}
