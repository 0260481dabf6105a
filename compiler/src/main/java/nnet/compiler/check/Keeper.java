package nnet.compiler.check;

import nnet.compiler.source.Span;
import nnet.compiler.syntax.Statement;

/// What `param` and `state` mean in a body: a network keeps both, an optimiser keeps states, a metric neither.
interface Keeper {

    Datum parameter(Evaluator evaluator, Statement.Param statement, Scope scope);

    Datum state(Evaluator evaluator, Statement.State statement, Scope scope);

    /// The new value of the state that has this path; the result is what its name stands for from now on.
    Datum update(Evaluator evaluator, String path, Datum value, Span span);

    /// For bodies that keep nothing.
    record Nothing(String where) implements Keeper {
        @Override
        public Datum parameter(Evaluator evaluator, Statement.Param statement, Scope scope) {
            return misplaced(evaluator, "`param`", statement.span());
        }

        @Override
        public Datum state(Evaluator evaluator, Statement.State statement, Scope scope) {
            return misplaced(evaluator, "`state`", statement.span());
        }

        @Override
        public Datum update(Evaluator evaluator, String path, Datum value, Span span) {
            return misplaced(evaluator, "`<-`", span);
        }

        private Datum misplaced(Evaluator evaluator, String what, Span span) {
            return evaluator.report().add(new RuleProblem.Misplaced(span, what, where, "only layers and optimisers keep values"));
        }
    }
}
