package nnet.compiler.optimise;

import java.util.List;
import java.util.Optional;
import nnet.compiler.tensor.Add;
import nnet.compiler.tensor.Axes;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Divide;
import nnet.compiler.tensor.Exp;
import nnet.compiler.tensor.Expm1;
import nnet.compiler.tensor.Gather;
import nnet.compiler.tensor.Log;
import nnet.compiler.tensor.Log1p;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Multiply;
import nnet.compiler.tensor.Negate;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Sigmoid;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.Softplus;
import nnet.compiler.tensor.StopGradient;
import nnet.compiler.tensor.Subtract;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;

/// Forms that neither overflow nor lose digits, for formulas written as in a text book.
final class Stable {

    private Stable() {
    }

    /// log(e^x) -> x, log(a / b) -> log a - log b where a is a power of e or b a sum of them: so log(softmax) becomes log-softmax
    static Optional<Value> log(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Log)) {
            return Optional.empty();
        }
        Value y = x.getFirst();
        return switch (r.op(y).orElse(op)) {
            case Exp _ -> Optional.of(r.operand(y, 0));
            case Divide _ when isExponential(r, y) ->
                Optional.of(r.add(new Subtract(), r.add(op, r.operand(y, 0)), r.add(op, r.operand(y, 1))));
            default -> Optional.empty();
        };
    }

    private static boolean isExponential(Rewriter r, Value quotient) {
        return r.is(r.operand(quotient, 0), Exp.class) || sumOfExponentials(r, r.operand(quotient, 1)).isPresent();
    }

    /// log(1 + x) -> log1p(x), log1p(e^x) -> softplus(x), e^x - 1 -> expm1(x)
    static Optional<Value> nearOne(Rewriter r, Op op, List<Value> x) {
        return switch (op) {
            case Log _ when r.is(x.getFirst(), Add.class) && r.isConstant(r.operand(x.getFirst(), 1), 1) ->
                Optional.of(r.add(new Log1p(), r.operand(x.getFirst(), 0)));
            case Log1p _ when r.is(x.getFirst(), Exp.class) -> Optional.of(r.add(new Softplus(), r.operand(x.getFirst(), 0)));
            case Subtract _ when r.is(x.get(0), Exp.class) && r.isConstant(x.get(1), 1) ->
                Optional.of(r.add(new Expm1(), r.operand(x.get(0), 0)));
            default -> Optional.empty();
        };
    }

    /// log(sigmoid(x)) -> -softplus(-x), log(1 - sigmoid(x)) -> -softplus(x)
    static Optional<Value> logSigmoid(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Log)) {
            return Optional.empty();
        }
        Optional<Value> complement = complementOfSigmoid(r, x.getFirst());
        if (complement.isPresent()) {
            return Optional.of(r.add(new Negate(), r.add(new Softplus(), complement.get())));
        }
        return r.as(x.getFirst(), Sigmoid.class)
                .map(_ -> r.add(new Negate(), r.add(new Softplus(), r.add(new Negate(), r.operand(x.getFirst(), 0)))));
    }

    /// x for 1 - sigmoid(x)
    private static Optional<Value> complementOfSigmoid(Rewriter r, Value y) {
        boolean matches = r.is(y, Subtract.class) && r.isConstant(r.operand(y, 0), 1) && r.is(r.operand(y, 1), Sigmoid.class);
        return matches ? Optional.of(r.operand(r.operand(y, 1), 0)) : Optional.empty();
    }

    /// 1 / (1 + e^-x) -> sigmoid(x)
    static Optional<Value> sigmoid(Rewriter r, Op op, List<Value> x) {
        boolean matches = op instanceof Divide && r.isConstant(x.get(0), 1) && r.is(x.get(1), Add.class)
                && r.isConstant(r.operand(x.get(1), 1), 1)
                && r.is(r.operand(x.get(1), 0), Exp.class);
        return matches ? Optional.of(r.add(new Sigmoid(), r.add(new Negate(), r.operand(r.operand(x.get(1), 0), 0)))) : Optional.empty();
    }

    /// 1 - sigmoid(x) -> sigmoid(-x)
    static Optional<Value> complement(Rewriter r, Op op, List<Value> x) {
        boolean matches = op instanceof Subtract && r.isConstant(x.get(0), 1) && r.is(x.get(1), Sigmoid.class);
        return matches ? Optional.of(r.add(new Sigmoid(), r.add(new Negate(), r.operand(x.get(1), 0)))) : Optional.empty();
    }

    /// log(moved x) -> moved log(x) where the logarithm of x has a stable form: it finds it only at x itself
    static Optional<Value> logOfMoved(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Log) || !isMoved(r, x.getFirst()) || !hasStableLog(r, x.getFirst())) {
            return Optional.empty();
        }
        List<Value> operands = r.operands(x.getFirst());
        Value log = r.add(op, operands.getFirst());
        Op movement = r.op(x.getFirst()).orElseThrow();
        return Optional.of(movement instanceof Gather ? r.add(movement, log, operands.get(1)) : r.add(movement, log));
    }

    private static boolean isMoved(Rewriter r, Value x) {
        return List.of(Gather.class, Reshape.class, Transpose.class, Slice.class).stream().anyMatch(movement -> r.is(x, movement));
    }

    private static boolean hasStableLog(Rewriter r, Value x) {
        if (isMoved(r, x)) {
            return hasStableLog(r, r.operand(x, 0));
        }
        return r.is(x, Exp.class) || r.is(x, Sigmoid.class) || r.is(x, Divide.class) && isExponential(r, x)
                || complementOfSigmoid(r, x).isPresent();
    }

    /// softmax(x) -> softmax(x - max x), log(sum e^x) -> max x + log(sum e^(x - max x)): the same value, and e never overflows. The maximum cancels, so no gradient
    /// flows through it; where it is subtracted already, it is stopped.
    static Optional<Value> shifted(Rewriter r, Op op, List<Value> x) {
        return switch (op) {
            case Log _ -> sumOfExponentials(r, x.getFirst()).filter(sum -> shift(r, sum).isEmpty())
                    .map(sum -> logOfSum(r, op, sum, r.operand(sum.powers(), 0)));
            case Add _ when r.is(x.get(1), Log.class) ->
                sumOfExponentials(r, r.operand(x.get(1), 0)).filter(sum -> shift(r, sum).equals(Optional.of(x.get(0))))
                        .filter(_ -> r.is(x.get(0), Max.class)).map(sum -> logOfSum(r, new Log(), sum, base(r, sum)));
            case Divide _ when r.is(x.get(0), Exp.class) -> sumOfExponentials(r, x.get(1)).filter(sum -> sum.powers().equals(x.get(0)))
                    .filter(sum -> shift(r, sum).filter(max -> r.is(max, StopGradient.class)).isEmpty()).map(sum -> {
                        Value shifted = shiftedPowers(r, sum, base(r, sum));
                        return r.add(op, shifted, r.add(r.op(x.get(1)).orElseThrow(), r.add(sum.op(), shifted)));
                    });
            default -> Optional.empty();
        };
    }

    private static Value logOfSum(Rewriter r, Op log, Exponentials sum, Value base) {
        return r.add(new Add(), max(r, sum, base), r.add(log, r.add(sum.op(), shiftedPowers(r, sum, base))));
    }

    /// A sum over axes of powers of e.
    private record Exponentials(Sum op, Value powers) {
    }

    private static Optional<Exponentials> sumOfExponentials(Rewriter r, Value y) {
        if (r.is(y, Broadcast.class)) {
            return sumOfExponentials(r, r.operand(y, 0));
        }
        return r.as(y, Sum.class).filter(_ -> r.is(r.operand(y, 0), Exp.class)).map(sum -> new Exponentials(sum, r.operand(y, 0)));
    }

    /// The maximum, stopped or not, that the exponents have lost already.
    private static Optional<Value> shift(Rewriter r, Exponentials sum) {
        Value exponent = r.operand(sum.powers(), 0);
        boolean isDifference = r.is(exponent, Subtract.class) && r.is(r.operand(exponent, 1), Broadcast.class);
        Optional<Value> max = isDifference ? Optional.of(r.operand(r.operand(exponent, 1), 0)) : Optional.empty();
        return max
                .filter(m -> r.is(m, StopGradient.class) || r.as(m, Max.class).filter(op -> op.axes().equals(sum.op().axes())).isPresent());
    }

    /// The exponents before a maximum was subtracted.
    private static Value base(Rewriter r, Exponentials sum) {
        Value exponent = r.operand(sum.powers(), 0);
        return shift(r, sum).isPresent() ? r.operand(exponent, 0) : exponent;
    }

    private static Value max(Rewriter r, Exponentials sum, Value base) {
        return r.add(new StopGradient(), r.add(new Max(sum.op().axes()), base));
    }

    private static Value shiftedPowers(Rewriter r, Exponentials sum, Value base) {
        Value repeated = r.add(new Broadcast(base.shape(), Axes.others(sum.op().axes(), base.shape().rank())), max(r, sum, base));
        return r.add(new Exp(), r.add(new Subtract(), base, repeated));
    }

    /// t softplus(-x) + (1 - t) softplus(x) -> softplus(x) - t x: binary cross-entropy of a sigmoid, whose gradient is then sigmoid(x) - t
    static Optional<Value> binaryCrossEntropy(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Add) || !r.is(x.get(0), Multiply.class) || !r.is(x.get(1), Multiply.class)) {
            return Optional.empty();
        }
        for (List<Value> sides : Rewriter.bothOrders(x)) {
            for (List<Value> a : Rewriter.bothOrders(r.operands(sides.get(0)))) {
                for (List<Value> b : Rewriter.bothOrders(r.operands(sides.get(1)))) {
                    Value t = a.get(0);
                    boolean complements = r.is(b.get(0), Subtract.class) && r.isConstant(r.operand(b.get(0), 0), 1)
                            && r.operand(b.get(0), 1).equals(t);
                    if (complements && r.is(a.get(1), Softplus.class) && r.is(b.get(1), Softplus.class)
                            && areOpposite(r, r.operand(a.get(1), 0), r.operand(b.get(1), 0))) {
                        return Optional.of(r.add(new Subtract(), b.get(1), r.add(new Multiply(), t, r.operand(b.get(1), 0))));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean areOpposite(Rewriter r, Value a, Value b) {
        return r.is(a, Negate.class) && r.operand(a, 0).equals(b) || r.is(b, Negate.class) && r.operand(b, 0).equals(a);
    }
}
