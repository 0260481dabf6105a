package nnet.compiler.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.model.Row;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration;
import nnet.compiler.syntax.Expression;

/// What all bodies of one check share: the report, the replaced constants, and a limit to the work.
final class Session {

    private static final int MOST_WORK = 3_000_000;

    private final Report report;
    private final FileScope main;
    private final Map<String, Expression> overrides;
    private final Emission.Ids ids = new Emission.Ids();
    private final Map<Variable, Row> rows = new HashMap<>();
    private int work;
    private boolean stopped;

    Session(Report report, FileScope main, Map<String, Expression> overrides) {
        this.report = report;
        this.main = main;
        this.overrides = Map.copyOf(overrides);
    }

    Report report() {
        return report;
    }

    Optional<Expression> override(String name) {
        return Optional.ofNullable(overrides.get(name));
    }

    Map<String, Expression> overridden() {
        return overrides;
    }

    Emission emission() {
        return new Emission(ids, report::userPlace);
    }

    /// Remembers that a vector is an encoded record, so that its fields can be asked for by name.
    void encodes(Variable vector, Row row) {
        rows.put(vector, row);
    }

    /// The record that a vector encodes.
    Optional<Row> row(Variable vector) {
        return Optional.ofNullable(rows.get(vector));
    }

    /// One more expression; false once it has become too much, from when on everything is `Unknown`.
    boolean work(Span span) {
        if (!stopped && ++work > MOST_WORK) {
            stopAt(span);
        }
        return !stopped;
    }

    /// Ends what would unroll to too much.
    void stopAt(Span span) {
        stop(new LimitProblem.Work(span));
    }

    /// Reports what has no end, and ends it.
    void stop(Problem problem) {
        report.add(problem);
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /// The value of a constant: what the user put in its place, if that is so. Overrides belong to the file that is compiled.
    Datum constant(Evaluator evaluator, Declaration.Constant constant, FileScope home) {
        Optional<Expression> override = home == main ? override(constant.name().text()) : Optional.empty();
        return evaluator.evaluate(override.orElse(constant.value()), Scope.of(home));
    }
}
