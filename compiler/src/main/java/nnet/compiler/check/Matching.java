package nnet.compiler.check;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Parameter;

/// Which argument goes to which parameter: by position first, then by name.
record Matching(Report report, String callee, Span span) {

    /// By identity: parameters are those of the list, and whether two declarations read the same does not matter.
    Optional<Map<Parameter, Calls.Actual>> match(List<Parameter> formals, List<Calls.Actual> actuals) {
        Map<Parameter, Calls.Actual> given = new IdentityHashMap<>();
        boolean fits = true;
        for (int i = 0; i < actuals.size(); i++) {
            Calls.Actual actual = actuals.get(i);
            Optional<Parameter> formal = actual.name().isPresent() ? named(formals, actual) : positioned(formals, actual, i);
            fits &= formal.isPresent();
            if (formal.isPresent() && given.putIfAbsent(formal.get(), actual) != null) {
                report.add(new NameProblem.Twice(actual.span(), given.get(formal.get()).span(), "argument", name(formal.get())));
                fits = false;
            }
        }
        return fits ? Optional.of(given) : Optional.empty();
    }

    private Optional<Parameter> named(List<Parameter> formals, Calls.Actual actual) {
        String name = actual.name().orElseThrow().text();
        Optional<Parameter> formal = formals.stream().filter(one -> name(one).equals(name)).findFirst();
        if (formal.isEmpty()) {
            report.add(new NameProblem.Unknown(actual.name().get().span(), "`" + callee + "`", "argument", name,
                    formals.stream().map(Matching::name).toList()));
        }
        return formal;
    }

    private Optional<Parameter> positioned(List<Parameter> formals, Calls.Actual actual, int position) {
        if (position < formals.size()) {
            return Optional.of(formals.get(position));
        }
        String takes = formals.stream().map(Matching::name).collect(Collectors.joining(", ", ": ", ""));
        report.add(new KindProblem.TooMany(actual.span(), callee, formals.size(), formals.isEmpty() ? "" : takes));
        return Optional.empty();
    }

    static String name(Parameter formal) {
        return formal.name().map(name -> name.text()).orElse("_");
    }
}
