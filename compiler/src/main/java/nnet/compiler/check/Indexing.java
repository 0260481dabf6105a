package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.model.Row;
import nnet.compiler.model.Variable;
import nnet.compiler.syntax.Expression;
import nnet.compiler.tensor.Gather;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Slice;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;

/// `p[target]`, `x[0]`, `x[1..3]`, `shape[-1]`: axes from the first on; negative numbers count from the end.
final class Indexing {

    private static final String END = "an end of a range";

    private final Evaluator evaluator;

    Indexing(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    Datum interval(Expression.Range range, Scope scope) {
        Optional<Long> from = range.from().isEmpty() ? Optional.of(0L) : whole(range.from().get(), END, scope);
        Optional<Long> to = range.to().isEmpty() ? Optional.empty() : whole(range.to().get(), END, scope);
        if (range.to().isEmpty()) {
            return report(new KindProblem.Expected(range.span(), "a range", "closed, such as 0..4", "without an end", ""));
        }
        return from.isPresent() && to.isPresent() ? new Datum.Interval(from.get(), to.get()) : new Datum.Unknown();
    }

    private Optional<Long> whole(Expression expression, String what, Scope scope) {
        Datum value = evaluator.evaluate(expression, scope);
        if (value instanceof Datum.Whole(long number)) {
            return Optional.of(number);
        }
        if (!(value instanceof Datum.Unknown)) {
            report(new KindProblem.Expected(expression.span(), what, "a whole number", Datum.describe(value), ""));
        }
        return Optional.empty();
    }

    Datum index(Expression.Index index, Scope scope) {
        Datum value = evaluator.evaluate(index.value(), scope);
        return switch (value) {
            case Datum.Unknown unknown -> unknown;
            case Datum.Listing(List<Datum> elements) -> element(elements, index, scope);
            case Datum.Group(List<String> _, List<Datum> elements) -> element(elements, index, scope);
            case Datum.Tensor(Variable variable) -> tensor(variable, index, scope);
            default ->
                report(new KindProblem.Expected(index.value().span(), "what is indexed", "a tensor or a list", Datum.describe(value), ""));
        };
    }

    private Datum element(List<Datum> elements, Expression.Index index, Scope scope) {
        Expression position = index.indices().getFirst();
        Optional<long[]> bounds = bounds(position, elements.size(), scope);
        if (index.indices().size() > 1 || bounds.isEmpty()) {
            return bounds.isEmpty()
                    ? new Datum.Unknown()
                    : report(new KindProblem.Expected(index.span(), "an index of a list", "one number", "several", ""));
        }
        long from = bounds.get()[0];
        long to = bounds.get()[1];
        if (from < 0 || to > elements.size() || to < from || !(position instanceof Expression.Range) && from >= elements.size()) {
            return report(new RuleProblem.Range(position.span(), "an index", "from 0 to " + (elements.size() - 1), position.span().text()));
        }
        return position instanceof Expression.Range ? new Datum.Listing(elements.subList((int) from, (int) to)) : elements.get((int) from);
    }

    /// From (inclusive) and to (exclusive) of an index or a range, counted from the beginning.
    private Optional<long[]> bounds(Expression position, int size, Scope scope) {
        Optional<Long> from;
        Optional<Long> to;
        if (position instanceof Expression.Range range) {
            from = range.from().isEmpty() ? Optional.of(0L) : whole(range.from().get(), END, scope);
            to = range.to().isEmpty() ? Optional.of((long) size) : whole(range.to().get(), END, scope);
        } else {
            from = whole(position, "an index", scope);
            to = from.map(one -> one == -1 ? size : one + 1);
        }
        return from.flatMap(a -> to.map(b -> new long[]{a < 0 ? a + size : a, b < 0 ? b + size : b}));
    }

    private Datum tensor(Variable whole, Expression.Index index, Scope scope) {
        Variable variable = whole;
        int axis = 0;
        for (Expression position : index.indices()) {
            if (axis >= variable.type().rank()) {
                return report(new ShapeProblem.Cannot(position.span(), "index " + whole.describe() + " so often",
                        "it has " + whole.type().rank() + (whole.type().rank() == 1 ? " axis" : " axes"), whole));
            }
            Datum known = position instanceof Expression.Range ? new Datum.Nothing() : evaluator.evaluate(position, scope);
            if (known instanceof Datum.Unknown) {
                return known;
            }
            Optional<Variable> part = known instanceof Datum.Tensor(Variable chosen)
                    ? pick(variable, chosen, axis, index)
                    : cut(variable, position, axis, scope);
            if (part.isEmpty()) {
                return new Datum.Unknown();
            }
            axis += part.get().type().rank() - variable.type().rank() + 1;
            variable = part.get();
        }
        return new Datum.Tensor(evaluator.emission().seenAs(variable, whole.categories(), index.span()));
    }

    /// A known index takes one element of an axis, which disappears; a range takes several.
    private Optional<Variable> cut(Variable variable, Expression position, int axis, Scope scope) {
        int size = variable.type().shape().dim(axis).size();
        Optional<long[]> bounds = bounds(position, size, scope);
        if (bounds.isEmpty() || evaluator.owned(variable, position.span()).isEmpty()) {
            return Optional.empty();
        }
        long from = bounds.get()[0];
        long to = bounds.get()[1];
        if (from < 0 || from >= to || to > size) {
            report(new ShapeProblem.Outside(position.span(), "index " + position.span().text(),
                    "axis " + axis + " has " + size + " elements", variable));
            return Optional.empty();
        }
        Variable part = evaluator.emission().emit(position.span(), new Slice(axis, (int) from, Dim.of((int) (to - from)), 1), variable);
        if (position instanceof Expression.Range) {
            return Optional.of(part);
        }
        List<Dim> dims = new ArrayList<>(part.type().shape().dims());
        dims.remove(axis);
        return Optional.of(evaluator.emission().emit(position.span(), new Reshape(new Shape(dims)), part));
    }

    /// `flower.petal_length`: the elements that the encoding of a field has, one for a number.
    Datum field(Variable vector, Row row, Expression.Member member) {
        int from = 0;
        for (Row.Field field : row.fields()) {
            int width = RowLayer.width(field);
            if (field.name().equals(member.name().text())) {
                return evaluator.owned(vector, member.span()).isEmpty()
                        ? new Datum.Unknown()
                        : new Datum.Tensor(evaluator.emission().emit(member.span(), new Slice(0, from, Dim.of(width), 1), vector));
            }
            from += width;
        }
        return report(new NameProblem.Unknown(member.name().span(), "`" + member.value().span().text() + "`", "field", member.name().text(),
                row.fields().stream().map(Row.Field::name).toList()));
    }

    /// An index that the data decide. Where the tensor has the index's own axes in front (`p: [time, k]`, `target: category(k)[time]`), each picks in its own row.
    private Optional<Variable> pick(Variable variable, Variable chosen, int axis, Expression.Index index) {
        if (chosen.type().element() != ElementType.I32 || axis > 0 || index.indices().size() > 1) {
            report(chosen.type().element() == ElementType.I32
                    ? new RuleProblem.NotYet(index.span(), "an index by a tensor together with others")
                    : new KindProblem.Expected(index.indices().getFirst().span(), "an index", "a whole number or a category",
                            chosen.describe(), ""));
            return Optional.empty();
        }
        if (evaluator.owned(variable, index.span()).isEmpty() || evaluator.owned(chosen, index.span()).isEmpty()) {
            return Optional.empty();
        }
        List<Dim> rows = chosen.type().shape().dims();
        boolean inRows = variable.type().rank() == rows.size() + 1 && !rows.isEmpty()
                && variable.type().shape().dims().subList(0, rows.size()).equals(rows);
        int batchAxes = inRows ? rows.size() : 0;
        int size = variable.type().shape().dim(batchAxes).size();
        if (chosen.categories().isPresent() && chosen.categories().getAsInt() != size) {
            report(new ShapeProblem.Mismatch(index.span(), index.span().text(),
                    "needs as many categories as there are elements to choose from", variable, chosen));
            return Optional.empty();
        }
        return Optional.of(evaluator.emission().emit(index.span(), new Gather(batchAxes), variable, chosen));
    }

    private Datum report(Problem problem) {
        return evaluator.report().add(problem);
    }
}
