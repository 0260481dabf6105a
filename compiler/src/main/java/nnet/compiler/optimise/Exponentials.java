package nnet.compiler.optimise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.tensor.Add;
import nnet.compiler.tensor.Axes;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Divide;
import nnet.compiler.tensor.Exp;
import nnet.compiler.tensor.Log;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.StopGradient;
import nnet.compiler.tensor.Subtract;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Value;

/// A sum over axes of powers of e, which must not overflow: the largest exponent is subtracted first.
///
/// @param sum    the summation
/// @param powers what it sums, an `Exp`
record Exponentials(Sum sum, Value powers) {

    /// How deep sums within exponents are looked through; shifting adds one level.
    private static final int DEEPEST = 8;

    /// softmax(x) -> softmax(x - max x), log(sum e^x) -> max x + log(sum e^(x - max x)): the same value, and e never overflows. The maximum cancels, so no gradient
    /// flows through it; where it is subtracted already, it is stopped.
    static Optional<Value> shifted(Rewriter r, Op op, List<Value> x) {
        return switch (op) {
            case Log _ -> sum(r, x.getFirst()).filter(s -> s.shift(r).isEmpty()).map(s -> s.logOfSum(r, s.exponent(r)));
            case Add _ when r.is(x.get(1), Log.class) ->
                sum(r, r.operand(x.get(1), 0)).filter(s -> s.plainShift(r).equals(Optional.of(x.get(0))))
                        .map(s -> s.logOfSum(r, r.operand(s.exponent(r), 0)));
            case Divide _ when r.is(x.get(0), Exp.class) ->
                sum(r, x.get(1)).filter(s -> s.powers.equals(x.get(0)) && s.shift(r).filter(max -> r.is(max, StopGradient.class)).isEmpty())
                        .map(s -> {
                            Value shifted = s.shiftedPowers(r, s.plainShift(r).isPresent() ? r.operand(s.exponent(r), 0) : s.exponent(r));
                            return r.add(op, shifted, r.add(r.op(x.get(1)).orElseThrow(), r.add(s.sum, shifted)));
                        });
            default -> Optional.empty();
        };
    }

    /// The sum of powers of e that a value is, or repeats.
    static Optional<Exponentials> sum(Rewriter r, Value y) {
        if (r.is(y, Broadcast.class)) {
            return sum(r, r.operand(y, 0));
        }
        return r.as(y, Sum.class).filter(_ -> r.is(r.operand(y, 0), Exp.class)).map(sum -> new Exponentials(sum, r.operand(y, 0)));
    }

    private Value exponent(Rewriter r) {
        return r.operand(powers, 0);
    }

    private Value logOfSum(Rewriter r, Value base) {
        return r.add(new Add(), max(r, base), r.add(new Log(), r.add(sum, shiftedPowers(r, base))));
    }

    private Value max(Rewriter r, Value base) {
        return r.add(new StopGradient(), r.add(new Max(sum.axes()), base));
    }

    private Value shiftedPowers(Rewriter r, Value base) {
        Value repeated = r.add(new Broadcast(base.shape(), Axes.others(sum.axes(), base.shape().rank())), max(r, base));
        return r.add(new Exp(), r.add(new Subtract(), base, repeated));
    }

    /// The maximum in exponents written x - max x.
    private Optional<Value> plainShift(Rewriter r) {
        Value exponent = exponent(r);
        return shift(r)
                .filter(max -> r.is(max, Max.class) && r.is(exponent, Subtract.class) && r.operand(max, 0).equals(r.operand(exponent, 0)));
    }

    /// The maximum, stopped or not, that has been subtracted from the exponents; recognised in whatever order the terms are by now.
    private Optional<Value> shift(Rewriter r) {
        Map<Value, Integer> terms = new HashMap<>();
        collect(r, exponent(r), 1, terms, 0);
        return terms.keySet().stream().filter(term -> r.is(term, Broadcast.class)).filter(term -> {
            Map<Value, Integer> expected = new HashMap<>();
            expected.merge(term, -1, Integer::sum);
            Optional<Value> base = maximised(r, r.operand(term, 0));
            base.ifPresent(x -> collect(r, x, 1, expected, 1));
            return base.isPresent() && terms.equals(expected);
        }).map(term -> r.operand(term, 0)).findFirst();
    }

    /// x for max x over the axes of the sum.
    private Optional<Value> maximised(Rewriter r, Value max) {
        Value plain = r.is(max, StopGradient.class) ? r.operand(max, 0) : max;
        return r.as(plain, Max.class).filter(op -> op.axes().equals(sum.axes())).map(_ -> r.operand(plain, 0));
    }

    /// The terms of a sum with their signs.
    private static void collect(Rewriter r, Value x, int sign, Map<Value, Integer> terms, int depth) {
        Optional<Value> negated = Algebra.negated(r, x);
        boolean isSum = r.is(x, Add.class) || r.is(x, Subtract.class);
        if (negated.isPresent()) {
            collect(r, negated.get(), -sign, terms, depth);
        } else if (isSum && depth < DEEPEST) {
            collect(r, r.operand(x, 0), sign, terms, depth + 1);
            collect(r, r.operand(x, 1), r.is(x, Add.class) ? sign : -sign, terms, depth + 1);
        } else {
            terms.merge(x, sign, Integer::sum);
        }
    }
}
