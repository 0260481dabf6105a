package nnet.compiler.check;

import java.util.Collection;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Span;

/// A name that means nothing, or two things.
sealed interface NameProblem extends Problem {

    /// `what` is what was looked for: `name`, `setting`, `argument of Dense`.
    record Unknown(Span span, String what, String name, Collection<String> known) implements NameProblem {
        @Override
        public Diagnostic diagnostic() {
            return Problem.hint(Problem.error("there is no " + what + " `" + name + "`", span, "not known here"),
                    Names.nearest(name, known));
        }
    }

    record Twice(Span span, Span first, String what, String name) implements NameProblem {
        @Override
        public Diagnostic diagnostic() {
            Diagnostic said = Problem.error("the " + what + " `" + name + "` is there twice", span, "here again");
            return first.equals(Span.NONE) ? said : Problem.with(said, first, "first here");
        }
    }

    record UnknownImport(Span span, String path, Collection<String> known) implements NameProblem {
        @Override
        public Diagnostic diagnostic() {
            return Problem.hint(Problem.error("there is no `" + path + "` to import", span, ""), Names.nearest(path, known));
        }
    }

    record NoNetwork(Span span) implements NameProblem {
        @Override
        public Diagnostic diagnostic() {
            return Problem.hint(Problem.error("the file declares no network", span, ""),
                    "a network looks like: network Xor(bits: [2]) -> [1] { ... }");
        }
    }

    record OtherNetwork(Span span, Span network, String name, String actual) implements NameProblem {
        @Override
        public Diagnostic diagnostic() {
            Diagnostic said = Problem.error("there is no network `" + name + "` to train", span, "");
            return Problem.with(said, network, "the network is `" + actual + "`");
        }
    }

    /// A value that needs itself.
    record Circular(Span span, String name) implements NameProblem {
        @Override
        public Diagnostic diagnostic() {
            return Problem.error("the value of `" + name + "` needs itself", span, "");
        }
    }

    /// An assignment to what is not a variable of an enclosing block, or a `<-` to what is no state.
    record NotAssignable(Span span, String name, String why, String hint) implements NameProblem {
        @Override
        public Diagnostic diagnostic() {
            return Problem.hint(Problem.error("`" + name + "` cannot be given a new value here", span, why), hint);
        }
    }
}
