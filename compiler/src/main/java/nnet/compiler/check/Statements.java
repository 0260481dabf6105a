package nnet.compiler.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nnet.compiler.source.NearName;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Block;
import nnet.compiler.syntax.Declaration.Kind;
import nnet.compiler.syntax.Declaration.Name;
import nnet.compiler.syntax.Statement;

/// Runs the statements of a block; loops are unrolled.
final class Statements {

    private static final long MOST_TURNS = 100_000;

    private final Evaluator evaluator;

    Statements(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /// The value of the block is that of its last statement.
    Datum run(Block block, Scope scope) {
        Datum last = new Datum.Nothing();
        for (Statement statement : block.statements()) {
            if (evaluator.session().isStopped()) {
                return new Datum.Unknown();
            }
            last = run(statement, scope);
        }
        return last;
    }

    private Datum run(Statement statement, Scope scope) {
        return switch (statement) {
            case Statement.Let let -> let(let, scope);
            case Statement.Param param -> define(scope, param.name(), () -> evaluator.keeper().parameter(evaluator, param, scope));
            case Statement.State state -> state(state, scope);
            case Statement.Update update -> update(update, scope);
            case Statement.Assign assign -> assign(assign, scope);
            case Statement.Require require -> require(require, scope);
            case Statement.For loop -> loop(loop, scope);
            case Statement.Emit emit -> evaluator.scans().emit(emit, scope);
            case Statement.Evaluate evaluate -> evaluator.evaluate(evaluate.value(), scope);
        };
    }

    private Datum let(Statement.Let let, Scope scope) {
        Datum value = evaluator.evaluate(let.value(), scope);
        if (let.names().size() == 1) {
            Name name = let.names().getFirst();
            return define(scope, name, () -> named(name, value));
        }
        takeApart(let.names(), value, let.span(), scope);
        return new Datum.Nothing();
    }

    /// A name for each value of a tuple or a list.
    private void takeApart(List<Name> names, Datum value, Span span, Scope scope) {
        List<Datum> parts = switch (value) {
            case Datum.Group(List<String> _, List<Datum> elements) -> elements;
            case Datum.Listing(List<Datum> elements) -> elements;
            case Datum.Unknown unknown -> names.stream().map(_ -> (Datum) unknown).toList();
            default -> List.of(value);
        };
        if (parts.size() != names.size()) {
            report(new KindProblem.Names(span, names.size(), Datum.describe(value)));
        }
        for (int i = 0; i < names.size(); i++) {
            Datum part = parts.size() == names.size() ? parts.get(i) : new Datum.Unknown();
            define(scope, names.get(i), () -> part);
        }
    }

    /// A layer that is given a name is one instance, however often it is applied; one that still needs arguments is no instance yet.
    private Datum named(Name name, Datum value) {
        if (value instanceof Datum.Defined layer && layer.definition().kind() == Kind.LAYER && layer.path().isEmpty()
                && layer.isComplete()) {
            return evaluator.place().take(name, evaluator.report())
                    .map(path -> (Datum) new Datum.Defined(layer.definition(), layer.home(), layer.bound(), Optional.of(path)))
                    .orElse(new Datum.Unknown());
        }
        return value instanceof Datum.Nothing ? report(new KindProblem.NoValue(name.span(), "`" + name + "`")) : value;
    }

    private Datum state(Statement.State state, Scope scope) {
        define(scope, state.name(), () -> evaluator.keeper().state(evaluator, state, scope));
        scope.defineState(state.name().text(), evaluator.place().path(state.name().text()));
        return new Datum.Nothing();
    }

    private Datum update(Statement.Update update, Scope scope) {
        String name = update.state().text();
        Datum value = evaluator.evaluate(update.value(), scope);
        Optional<String> path = scope.findState(name);
        if (path.isEmpty()) {
            String hint = scope.find(name).isPresent()
                    ? "`<-` is for what `state` declares; use `=` for other names"
                    : NearName.hint(name, scope.known()).orElse("");
            return report(new NameProblem.NotAssignable(update.state().span(), name, "it is not a state", hint));
        }
        if (evaluator.inBranch()) {
            return report(new RuleProblem.Misplaced(update.span(), "`<-`", "in an `if` that depends on the data",
                    "select the new value: s <- if c { a } else { s }"));
        }
        if (evaluator.scans().inStep()) {
            return report(new RuleProblem.Misplaced(update.span(), "`<-`", "in the step of a `scan`",
                    "carry the value from step to step, and update the state after the scan"));
        }
        scope.assign(name, evaluator.keeper().update(evaluator, path.get(), value, update.span()));
        return new Datum.Nothing();
    }

    private Datum assign(Statement.Assign assign, Scope scope) {
        Datum value = evaluator.evaluate(assign.value(), scope);
        String name = assign.name().text();
        if (evaluator.inBranch()) {
            return report(new RuleProblem.Misplaced(assign.span(), "`=`", "in an `if` that depends on the data",
                    "let the `if` have a value: y = if c { a } else { b }"));
        }
        if (scope.findState(name).isPresent()) {
            return report(new NameProblem.NotAssignable(assign.name().span(), name, "it is a state", "use `<-` for a state"));
        }
        return scope.assign(name, value) ? new Datum.Nothing() : unassignable(assign.name(), value, scope);
    }

    private Datum unassignable(Name target, Datum value, Scope scope) {
        String name = target.text();
        if (scope.find(name).isPresent()) {
            return report(new NameProblem.NotAssignable(target.span(), name, "the step of a scan does not carry it",
                    "carry it from step to step: scan ... with " + name + " = ..."));
        }
        // The name is meant to be there, so its later uses are no mistakes of their own.
        scope.define(name, value);
        return report(new NameProblem.NotAssignable(target.span(), name, "no enclosing block declares it", "declare it with `let`"));
    }

    private Datum require(Statement.Require require, Scope scope) {
        Datum condition = evaluator.evaluate(require.condition(), scope);
        return switch (condition) {
            case Datum.Unknown unknown -> unknown;
            case Datum.Truth(boolean holds) when holds -> new Datum.Nothing();
            case Datum.Truth _ -> report(new RuleProblem.Required(require.span(), message(require, scope)));
            case Datum.Tensor _ -> report(new KindProblem.RunTime(require.condition().span(), "a `require`"));
            default ->
                report(new KindProblem.Expected(require.condition().span(), "a condition", "true or false", Datum.describe(condition), ""));
        };
    }

    private String message(Statement.Require require, Scope scope) {
        return evaluator.evaluate(require.message(), scope) instanceof Datum.Text(String text) ? text : "a requirement is not met";
    }

    private Datum loop(Statement.For loop, Scope scope) {
        Datum range = evaluator.evaluate(loop.range(), scope);
        switch (range) {
            case Datum.Unknown _ -> {
                return range;
            }
            case Datum.Interval(long from, long to) when to - from > MOST_TURNS ->
                evaluator.session().stopAt(loop.range().span());
            case Datum.Interval(long from, long to) -> {
                for (long i = from; i < to && !evaluator.session().isStopped(); i++) {
                    turn(loop, new Datum.Whole(i), scope);
                }
            }
            case Datum.Listing(List<Datum> elements) -> elements.forEach(element -> turn(loop, element, scope));
            default -> report(new KindProblem.Expected(loop.range().span(), "what `for` runs over", "a range or a list",
                    Datum.describe(range), "for example: 0..4"));
        }
        return new Datum.Nothing();
    }

    private void turn(Statement.For loop, Datum element, Scope scope) {
        evaluator.session().work(loop.span());
        Scope inner = scope.inner();
        if (loop.names().size() == 1) {
            inner.define(loop.names().getFirst().text(), element);
        } else {
            takeApart(loop.names(), element, loop.range().span(), inner);
        }
        run(loop.body(), inner);
    }

    /// Gives a value a name in this block; `_` is for values that nobody needs.
    private Datum define(Scope scope, Name name, Supplier<Datum> value) {
        if (name.text().equals("_")) {
            value.get();
            return new Datum.Nothing();
        }
        if (scope.definesItself(name.text())) {
            return report(new NameProblem.Twice(name.span(), Span.NONE, "name", name.text()));
        }
        scope.define(name.text(), value.get());
        return new Datum.Nothing();
    }

    private Datum report(Problem problem) {
        return evaluator.report().add(problem);
    }
}
