package nnet.compiler.check;

import nnet.compiler.model.JavaWords;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Name;
import nnet.compiler.syntax.SourceFile;

/// Names that become those of Java classes and packages, so must be some. All others are changed where Java does not take them.
final class ClassNames {

    private ClassNames() {
    }

    /// The name of a class.
    static void check(Report report, Name name) {
        check(report, name.span(), name.text(), "as the name of a class");
    }

    /// The parts of the name of the package.
    static void check(Report report, SourceFile file) {
        String all = file.packageName().orElse("");
        int at = Math.max(0, file.source().text().indexOf(all));
        for (String part : all.split("\\.")) {
            check(report, file.source().span(at, at + all.length()), part, "in the name of a package");
        }
    }

    private static void check(Report report, Span span, String word, String where) {
        if (JavaWords.ALL.contains(word)) {
            report.add(new RuleProblem.Misplaced(span, "`" + word + "`", where, "it is a word of Java"));
        }
    }
}
