package nnet.compiler.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import nnet.compiler.model.Step;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Expression;
import nnet.compiler.syntax.Statement;
import nnet.compiler.tensor.Compare;
import nnet.compiler.tensor.Iota;
import nnet.compiler.tensor.Remainder;
import nnet.compiler.tensor.Select;
import nnet.compiler.tensor.StopGradient;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// `scan`: its step is evaluated once, with variables for what is carried and for the elements of the sequences, and becomes a graph of its own.
final class Scans {

    /// What the steps of one scan have emitted so far.
    private static final class Emitted {
        final List<Variable> variables = new ArrayList<>();
        final List<String> names = new ArrayList<>();
        boolean failed;
    }

    private final Evaluator evaluator;
    private final Deque<Emitted> open = new ArrayDeque<>();

    Scans(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    boolean inStep() {
        return !open.isEmpty();
    }

    /// The value: what was emitted, one element for each step; without `emit` the carried values after the last step. Several are a group.
    Datum scan(Expression.Scan scan, Scope scope) {
        List<Datum> sources = scan.sources().stream().map(source -> evaluator.evaluate(source.value(), scope)).toList();
        Optional<List<Variable>> sequences = sequences(scan, sources);
        Optional<List<Variable>> first = first(scan, scope);
        if (sequences.isEmpty() || first.isEmpty()) {
            return new Datum.Unknown();
        }
        List<Variable> all = new ArrayList<>(sequences.get());
        Optional<Variable> boundary = Optional.empty();
        if (scan.truncation().isPresent()) {
            boundary = boundaries(scan, all.getFirst().type().shape().dim(0), scope);
            if (boundary.isEmpty()) {
                return new Datum.Unknown();
            }
            all.add(boundary.get());
        }
        Scope step = scope.closed();
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i) instanceof Datum.Truth) {
                step.define(scan.sources().get(i).element().text(), sources.get(i));
            }
        }
        return run(scan, all, first.get(), step);
    }

    /// What a scan goes through. A truth value that is known is the same in every step.
    private static List<Expression.Scan.Source> moving(Expression.Scan scan, Scope step) {
        return scan.sources().stream().filter(source -> !step.definesItself(source.element().text())).toList();
    }

    /// @param step already knows what is the same in every step
    private Datum run(Expression.Scan scan, List<Variable> sequences, List<Variable> first, Scope step) {
        Emission emission = evaluator.emission();
        emission.open();
        open.push(new Emitted());
        List<Expression.Scan.Source> moving = moving(scan, step);
        List<Variable> elements = elements(scan, moving, sequences);
        List<Variable> carried = IntStream.range(0, first.size())
                .mapToObj(i -> emission.given(scan.carries().get(i).name().text(), first.get(i).type(), first.get(i).categories(),
                        scan.carries().get(i).span()))
                .toList();
        IntStream.range(0, moving.size())
                .forEach(i -> step.define(moving.get(i).element().text(), new Datum.Tensor(elements.get(i))));
        IntStream.range(0, carried.size()).forEach(i -> step.define(scan.carries().get(i).name().text(),
                new Datum.Tensor(scan.truncation().isPresent() ? cut(scan.span(), carried.get(i), elements.getLast()) : carried.get(i))));
        evaluator.inStep(() -> evaluator.block(scan.body(), step));
        Optional<List<Variable>> last = last(scan, carried, step);
        Emitted emitted = open.pop();
        List<Step> steps = emission.close();
        if (last.isEmpty()) {
            return new Datum.Unknown();
        }
        ScanBody body = new ScanBody(carried, elements, steps, last.get(), emitted.variables);
        List<Variable> results = body.emit(emission, scan.span(), scan.reverse(), first, sequences);
        return value(scan, results, emitted);
    }

    private Datum value(Expression.Scan scan, List<Variable> results, Emitted emitted) {
        int carries = scan.carries().size();
        boolean isEmitting = !emitted.variables.isEmpty();
        if (!isEmitting && carries == 0) {
            return emitted.failed
                    ? new Datum.Unknown()
                    : evaluator.report()
                            .add(new RuleProblem.Misplaced(scan.span(), "a `scan` that neither carries nor emits", "for its value",
                                    "let its steps emit something: emit y"));
        }
        List<Datum> values = new ArrayList<>();
        for (int i = isEmitting ? carries : 0; i < (isEmitting ? results.size() : carries); i++) {
            OptionalInt categories = isEmitting ? emitted.variables.get(i - carries).categories() : OptionalInt.empty();
            values.add(new Datum.Tensor(evaluator.emission().seenAs(results.get(i), categories, scan.span())));
        }
        List<String> names = isEmitting ? emitted.names : scan.carries().stream().map(carry -> carry.name().text()).toList();
        return values.size() == 1 ? values.getFirst() : new Datum.Group(names.size() == values.size() ? names : List.of(), values);
    }

    /// The sequences, which must be of one length.
    private Optional<List<Variable>> sequences(Expression.Scan scan, List<Datum> sources) {
        List<Variable> sequences = new ArrayList<>();
        boolean isAnyMoving = sources.stream().anyMatch(source -> !(source instanceof Datum.Truth));
        for (int i = 0; i < sources.size(); i++) {
            Expression.Scan.Source source = scan.sources().get(i);
            if (sources.get(i) instanceof Datum.Truth && isAnyMoving) {
                continue;
            }
            Optional<Variable> sequence = evaluator.tensor(sources.get(i), "what `scan` goes through", source.span());
            if (sequence.isEmpty()) {
                return Optional.empty();
            }
            Variable found = sequence.get();
            if (found.type().rank() == 0) {
                evaluator.report().add(new ShapeProblem.Cannot(source.span(), "scan a scalar", "it has no axis to go along", found));
                return Optional.empty();
            }
            if (!sequences.isEmpty() && !found.type().shape().dim(0).equals(sequences.getFirst().type().shape().dim(0))) {
                evaluator.report().add(
                        new ShapeProblem.Mismatch(source.span(), "scan", "needs sequences of one length", sequences.getFirst(), found));
                return Optional.empty();
            }
            sequences.add(found);
        }
        return Optional.of(sequences);
    }

    private Optional<List<Variable>> first(Expression.Scan scan, Scope scope) {
        List<Variable> first = new ArrayList<>();
        for (Expression.Scan.Carry carry : scan.carries()) {
            evaluator.tensor(evaluator.evaluate(carry.initial(), scope), "the first value of `" + carry.name() + "`", carry.span())
                    .ifPresent(first::add);
        }
        return Optional.of(first).filter(all -> all.size() == scan.carries().size());
    }

    private List<Variable> elements(Expression.Scan scan, List<Expression.Scan.Source> moving, List<Variable> sequences) {
        List<Variable> elements = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            Variable sequence = sequences.get(i);
            List<Dim> dims = sequence.type().shape().dims();
            boolean isWritten = i < moving.size();
            elements.add(evaluator.emission().given(isWritten ? moving.get(i).element().text() : "boundary",
                    sequence.type().withShape(new Shape(dims.subList(1, dims.size()))), sequence.categories(),
                    isWritten ? moving.get(i).span() : scan.span()));
        }
        return elements;
    }

    /// For each step whether no gradient goes from it to the one before: `truncate n` cuts the steps into parts of n, counted in the order in which they run.
    private Optional<Variable> boundaries(Expression.Scan scan, Dim length, Scope scope) {
        Expression written = scan.truncation().orElseThrow();
        Datum steps = evaluator.evaluate(written, scope);
        if (!(steps instanceof Datum.Whole(long count)) || count < 1 || count > Integer.MAX_VALUE) {
            if (!(steps instanceof Datum.Unknown)) {
                evaluator.report().add(new KindProblem.Expected(written.span(), "`truncate`", "a number of steps, at least 1",
                        Datum.describe(steps), ""));
            }
            return Optional.empty();
        }
        Emission emission = evaluator.emission();
        TensorType type = new TensorType(ElementType.I32, new Shape(List.of(length)));
        Variable number = emission.emit(written.span(), new Iota(type, 0));
        if (scan.reverse()) {
            number = emission.emit(written.span(), new nnet.compiler.tensor.Reverse(0), number);
        }
        Variable rest = emission.emit(written.span(), new Remainder(), number, emission.constant(written.span(), type, count));
        return Optional.of(emission.emit(written.span(), new Compare(Compare.Relation.EQUAL), rest,
                emission.constant(written.span(), type, 0)));
    }

    /// The carried value itself, from which no gradient goes back where the boundary lies.
    private Variable cut(Span span, Variable carried, Variable boundary) {
        if (!carried.type().element().isFloating()) {
            return carried;
        }
        Emission emission = evaluator.emission();
        Variable here = emission.broadcast(span, boundary, carried.type().shape());
        return emission.emit(span, new Select(), here, emission.emit(span, new StopGradient(), carried), carried);
    }

    /// What the names of the carried values stand for at the end of the step.
    private Optional<List<Variable>> last(Expression.Scan scan, List<Variable> carried, Scope step) {
        List<Variable> last = new ArrayList<>();
        for (int i = 0; i < carried.size(); i++) {
            Variable before = carried.get(i);
            Expression.Scan.Carry carry = scan.carries().get(i);
            Datum value = step.find(carry.name().text()).orElseThrow();
            if (Arithmetic.isNumber(value)) {
                value = new Datum.Tensor(
                        evaluator.operators().operand(value, before.type().element(), before.type().shape(), carry.span()));
            }
            String what = "`" + carry.name() + "` after a step";
            Optional<Variable> after = evaluator.tensor(value, what, carry.span());
            if (after.isPresent() && !after.get().type().equals(before.type())) {
                evaluator.report()
                        .add(new ShapeProblem.Needed(carry.span(), what, before.describe() + ", as at the beginning", after.get()));
            }
            after.filter(variable -> variable.type().equals(before.type())).ifPresent(last::add);
        }
        return Optional.of(last).filter(all -> all.size() == carried.size());
    }

    Datum emit(Statement.Emit emit, Scope scope) {
        if (open.isEmpty()) {
            return evaluator.report().add(new RuleProblem.Misplaced(emit.span(), "`emit`", "outside of the step of a `scan`", ""));
        }
        if (evaluator.inBranch()) {
            open.element().failed = true;
            return evaluator.report().add(new RuleProblem.Misplaced(emit.span(), "`emit`", "in an `if` that depends on the data",
                    "every step emits: emit if c { a } else { b }"));
        }
        Datum value = evaluator.evaluate(emit.value(), scope);
        Emitted emitted = open.element();
        List<Datum> parts = value instanceof Datum.Group group ? group.elements() : List.of(value);
        if (value instanceof Datum.Group group) {
            emitted.names.addAll(group.names());
        }
        for (Datum part : parts) {
            evaluator.tensor(part, "what is emitted", emit.value().span()).ifPresentOrElse(emitted.variables::add,
                    () -> emitted.failed = true);
        }
        return new Datum.Nothing();
    }
}
