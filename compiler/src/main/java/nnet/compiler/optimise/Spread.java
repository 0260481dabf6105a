package nnet.compiler.optimise;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Elementwise;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.StopGradient;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Shape;

/// Compute first, repeat afterwards: element-wise work on repeated values is done once for all copies.
final class Spread {

    private Spread() {
    }

    /// op(repeat a, repeat b, c) -> repeat op(a, b, c)
    static Optional<Value> later(Rewriter r, Op op, List<Value> x) {
        Optional<Broadcast> repeated = op instanceof Elementwise ? widest(r, x) : Optional.empty();
        if (repeated.isEmpty() || !shrinks(r, x)) {
            return Optional.empty();
        }
        Broadcast widest = repeated.get();
        Shape small = new Shape(widest.axes().stream().map(widest.shape()::dim).toList());
        List<Value> inner = x.stream().map(operand -> narrow(r, operand, widest, small)).toList();
        return Optional.of(r.add(widest, r.add(op, inner)));
    }

    /// stop_gradient(moved x) -> moved stop_gradient(x), so that movement meets movement
    static Optional<Value> laterStop(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof StopGradient)) {
            return Optional.empty();
        }
        Value moved = x.getFirst();
        return r.op(moved).filter(movement -> movement instanceof Broadcast || movement instanceof Reshape || movement instanceof Transpose)
                .map(movement -> r.add(movement, r.add(op, r.operand(moved, 0))));
    }

    /// Whether all values are constants or repeated from values that fit into one smaller shape.
    static boolean shrinks(Rewriter r, List<Value> x) {
        List<Integer> axes = widest(r, x).map(Broadcast::axes).orElse(List.of());
        return x.stream().allMatch(operand -> r.is(operand, Constant.class)
                || r.as(operand, Broadcast.class).filter(each -> axes.containsAll(each.axes())).isPresent());
    }

    private static Optional<Broadcast> widest(Rewriter r, List<Value> x) {
        return x.stream().flatMap(operand -> r.as(operand, Broadcast.class).stream())
                .max(Comparator.comparingInt(broadcast -> broadcast.axes().size()));
    }

    private static Value narrow(Rewriter r, Value x, Broadcast widest, Shape small) {
        if (r.is(x, Constant.class)) {
            return r.add(new Constant(x.type().withShape(small), r.constant(x).orElseThrow()));
        }
        Broadcast own = r.as(x, Broadcast.class).orElseThrow();
        return r.add(new Broadcast(small, own.axes().stream().map(widest.axes()::indexOf).toList()), r.operand(x, 0));
    }
}
