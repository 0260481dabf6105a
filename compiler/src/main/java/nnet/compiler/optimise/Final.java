package nnet.compiler.optimise;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nnet.compiler.tensor.Abs;
import nnet.compiler.tensor.Add;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Compare;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Divide;
import nnet.compiler.tensor.Iota;
import nnet.compiler.tensor.Maximum;
import nnet.compiler.tensor.Minimum;
import nnet.compiler.tensor.Multiply;
import nnet.compiler.tensor.Negate;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.ScatterAdd;
import nnet.compiler.tensor.Select;
import nnet.compiler.tensor.Softplus;
import nnet.compiler.tensor.StopGradient;
import nnet.compiler.tensor.Subtract;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Forms that are good to compute but hide what they came from.
final class Final {

    private Final() {
    }

    /// stop_gradient(x) -> x
    static Optional<Value> stopGradient(Rewriter r, Op op, List<Value> x) {
        return op instanceof StopGradient ? Optional.of(x.getFirst()) : Optional.empty();
    }

    /// x / c -> x * (1 / c) for constants and repeated values: one division instead of many
    static Optional<Value> reciprocal(Rewriter r, Op op, List<Value> x) {
        boolean isCheap = op instanceof Divide && x.get(1).type().element().isFloating()
                && (r.is(x.get(1), Constant.class) || r.is(x.get(1), Broadcast.class));
        boolean isReciprocal = isCheap && r.isConstant(x.get(0), 1);
        return isCheap && !isReciprocal
                ? Optional.of(r.add(new Multiply(), x.get(0), r.add(op, r.like(x.get(1), 1), x.get(1))))
                : Optional.empty();
    }

    /// One update for each row goes where its index is: a comparison instead of scattered writes, which fuses with what comes next.
    static Optional<Value> oneHot(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof ScatterAdd(int batchAxes, Dim size)) || x.get(1).shape().rank() != batchAxes || !size.isFixed()) {
            return Optional.empty();
        }
        Value indices = x.get(1);
        Value inside = r.add(new Maximum(), r.add(new Minimum(), indices, r.like(indices, size.size() - 1)), r.like(indices, 0));
        TensorType type = op.infer(List.of(x.get(0).type(), indices.type())).getFirst();
        Shape shape = type.shape();
        List<Integer> leading = IntStream.range(0, batchAxes).boxed().toList();
        Value counter = r.add(new Broadcast(shape, List.of(batchAxes)),
                r.add(new Iota(new TensorType(ElementType.I32, new Shape(List.of(size))), 0)));
        Value isPlace = r.add(new Compare(Compare.Relation.EQUAL), counter, r.add(new Broadcast(shape, leading), inside));
        List<Integer> kept = IntStream.range(0, shape.rank()).boxed().filter(axis -> axis != batchAxes).toList();
        return Optional.of(r.add(new Select(), isPlace, r.add(new Broadcast(shape, kept), x.get(0)), r.add(new Constant(type, 0))));
    }

    /// softplus(x) - t x -> (max(x, 0) - t x) + softplus(-|x|): for large x and t = 1 nothing cancels that matters
    static Optional<Value> binaryCrossEntropy(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Subtract)) {
            return Optional.empty();
        }
        return crossEntropy(r, x.get(0), x.get(1)).or(() -> crossEntropy(r, x.get(1), x.get(0)).map(value -> r.add(new Negate(), value)));
    }

    private static Optional<Value> crossEntropy(Rewriter r, Value softplus, Value product) {
        if (!r.is(softplus, Softplus.class) || !r.is(product, Multiply.class) || !r.operands(product).contains(r.operand(softplus, 0))) {
            return Optional.empty();
        }
        Value z = r.operand(softplus, 0);
        Value linear = r.add(new Subtract(), r.add(new Maximum(), z, r.like(z, 0)), product);
        return Optional.of(r.add(new Add(), linear, r.add(new Softplus(), r.add(new Negate(), r.add(new Abs(), z)))));
    }
}
