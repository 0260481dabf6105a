package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;

/// `x @ w`: the last axis of x against the first of w, or against its last but one where w has leading axes of its own, which must then be those of x.
record Products(Evaluator evaluator) {

    Datum product(Datum left, Datum right, Span span) {
        Optional<Variable> a = operand(left, span);
        Optional<Variable> b = operand(right, span);
        if (a.isEmpty() || b.isEmpty()) {
            return new Datum.Unknown();
        }
        Shape x = a.get().type().shape();
        Shape w = b.get().type().shape();
        if (x.rank() == 0 || w.rank() == 0) {
            return evaluator.report().add(new ShapeProblem.Mismatch(span, "@", "needs tensors with at least one axis", a.get(), b.get()));
        }
        int shared = Math.max(0, w.rank() - 2);
        int inner = w.rank() == 1 ? 0 : w.rank() - 2;
        if (!x.dim(x.rank() - 1).equals(w.dim(inner))) {
            return evaluator.report()
                    .add(new ShapeProblem.Matrix(span, a.get(), b.get(), x.dim(x.rank() - 1).toString(), w.dim(inner).toString()));
        }
        if (shared > 0 && (x.rank() <= shared || !x.dims().subList(0, shared).equals(w.dims().subList(0, shared)))) {
            return evaluator.report().add(new ShapeProblem.Mismatch(span, "@", "needs equal leading axes", a.get(), b.get()));
        }
        return new Datum.Tensor(evaluator.emission().emit(span, contraction(x.rank(), w.rank(), shared), a.get(), b.get()));
    }

    /// Labels: those of x count from 0; w shares the leading ones and the last of x, and adds one for its own last axis.
    private static Contraction contraction(int left, int right, int shared) {
        List<Integer> x = IntStream.range(0, left).boxed().toList();
        List<Integer> w = new ArrayList<>(x.subList(0, shared));
        w.add(left - 1);
        List<Integer> result = new ArrayList<>(x.subList(0, left - 1));
        if (right > 1) {
            w.add(left);
            result.add(left);
        }
        return new Contraction(x, w, result);
    }

    private Optional<Variable> operand(Datum datum, Span span) {
        if (!(datum instanceof Datum.Tensor)) {
            evaluator.report().add(new KindProblem.Expected(span, "both sides of `@`", "tensors", Datum.describe(datum), ""));
            return Optional.empty();
        }
        return evaluator.tensor(datum, "`@`", span)
                .map(variable -> variable.type().element().isFloating()
                        ? variable
                        : evaluator.emission().convert(span, variable, ElementType.F32));
    }
}
