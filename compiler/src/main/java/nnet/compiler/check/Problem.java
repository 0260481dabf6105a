package nnet.compiler.check;

import nnet.compiler.source.Diagnostic;

/// A mistake of the user's, as data. Each kind knows how to say itself; the report adds where the user's own line is.
sealed interface Problem permits NameProblem, ShapeProblem, KindProblem, LimitProblem, RuleProblem {

    Diagnostic diagnostic();

    /// The diagnostic with a remedy, if there is one to say.
    static Diagnostic hint(Diagnostic diagnostic, String hint) {
        return hint.isEmpty() ? diagnostic : diagnostic.hint(hint);
    }
}
