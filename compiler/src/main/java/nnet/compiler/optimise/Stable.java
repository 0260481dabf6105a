package nnet.compiler.optimise;

import java.util.List;
import java.util.Optional;
import nnet.compiler.tensor.Add;
import nnet.compiler.tensor.Divide;
import nnet.compiler.tensor.Exp;
import nnet.compiler.tensor.Expm1;
import nnet.compiler.tensor.Gather;
import nnet.compiler.tensor.Log;
import nnet.compiler.tensor.Log1p;
import nnet.compiler.tensor.Multiply;
import nnet.compiler.tensor.Negate;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Sigmoid;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.Softplus;
import nnet.compiler.tensor.Subtract;
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
        return r.is(r.operand(quotient, 0), Exp.class) || Exponentials.sum(r, r.operand(quotient, 1)).isPresent();
    }

    /// log(1 + x) -> log1p(x), log1p(e^x) -> softplus(x), e^x - 1 -> expm1(x), 1 - e^x -> -expm1(x)
    static Optional<Value> nearOne(Rewriter r, Op op, List<Value> x) {
        return switch (op) {
            case Log _ when r.is(x.getFirst(), Add.class) && r.isConstant(r.operand(x.getFirst(), 1), 1) ->
                Optional.of(r.add(new Log1p(), r.operand(x.getFirst(), 0)));
            case Log1p _ when r.is(x.getFirst(), Exp.class) -> Optional.of(r.add(new Softplus(), r.operand(x.getFirst(), 0)));
            case Subtract _ when r.is(x.get(1), Exp.class) && r.isConstant(x.get(0), 1) ->
                Optional.of(r.add(new Negate(), r.add(new Expm1(), r.operand(x.get(1), 0))));
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
