package nnet.compiler.check;

import java.util.Collection;
import java.util.List;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.NearName;
import nnet.compiler.source.Span;

/// A name that means nothing, or two things.
sealed interface NameProblem extends Problem {

    /// `holder` is where it was looked for: "the recipe", "`Dense`"; `what` is what it would be: "setting", "argument".
    record Unknown(Span span, String holder, String what, String name, Collection<String> known) implements NameProblem {

        /// Where no name is near, this many are told.
        private static final int FEW = 8;

        @Override
        public Diagnostic diagnostic() {
            String title = (holder.isEmpty() ? "there is no " : holder + " has no ") + what + " `" + name + "`";
            return Problem.hint(Diagnostic.error(title, span, "not known here"), NearName.hint(name, known).orElseGet(this::few));
        }

        private String few() {
            return known.isEmpty() || known.size() > FEW ? "" : "known: " + String.join(", ", known);
        }
    }

    /// A name of a package that the file does not import.
    record NotImported(Span span, String name, String path) implements NameProblem {
        @Override
        public Diagnostic diagnostic() {
            return Problem.hint(Diagnostic.error("there is no name `" + name + "`", span, "not known here"),
                    "write `import " + path + "` at the top of the file");
        }
    }

    record Twice(Span span, Span first, String what, String name) implements NameProblem {
        @Override
        public Diagnostic diagnostic() {
            Diagnostic said = Diagnostic.error("the " + what + " `" + name + "` is there twice", span, "here again");
            return first.equals(Span.NONE) ? said : said.label(first, "first here");
        }
    }

    record UnknownImport(Span span, String path, Collection<String> known) implements NameProblem {
        @Override
        public Diagnostic diagnostic() {
            return Problem.hint(Diagnostic.error("there is no `" + path + "` to import", span, ""), NearName.hint(path, known).orElse(""));
        }
    }

    record NoNetwork(Span span) implements NameProblem {
        @Override
        public Diagnostic diagnostic() {
            return Problem.hint(Diagnostic.error("the file declares no network", span, ""),
                    "a network looks like: network Xor(bits: [2]) -> [1] { ... }");
        }
    }

    record OtherNetwork(Span span, Span network, String name, Collection<String> known) implements NameProblem {
        @Override
        public Diagnostic diagnostic() {
            Diagnostic said = Diagnostic.error("there is no network `" + name + "` to train", span, "");
            return known.size() == 1
                    ? said.label(network, "the network is `" + known.iterator().next() + "`")
                    : Problem.hint(said, NearName.hint(name, known).orElse(""));
        }
    }

    /// Several networks, and nobody says which of them is meant.
    record SeveralNetworks(Span span, Span first, List<String> names) implements NameProblem {
        @Override
        public Diagnostic diagnostic() {
            return Problem.hint(Diagnostic.error("the file declares several networks: " + String.join(", ", names), span, "here is another")
                    .label(first, "here is one"), "say which one is meant, as in `--network " + names.getFirst() + "`");
        }
    }

    /// A value that needs itself.
    record Circular(Span span, String name) implements NameProblem {
        @Override
        public Diagnostic diagnostic() {
            return Diagnostic.error("the value of `" + name + "` needs itself", span, "");
        }
    }

    /// An assignment to what is not a variable of an enclosing block, or a `<-` to what is no state.
    record NotAssignable(Span span, String name, String why, String hint) implements NameProblem {
        @Override
        public Diagnostic diagnostic() {
            return Problem.hint(Diagnostic.error("`" + name + "` cannot be given a new value here", span, why), hint);
        }
    }
}
