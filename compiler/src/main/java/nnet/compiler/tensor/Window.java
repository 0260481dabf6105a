package nnet.compiler.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Windows that slide along an axis: `result[.., p, t, ..] = operand[.., (p * stride + t * dilation + offset) / divisor, ..]`, and `fill` where that is no whole
/// number or outside of the operand. The position p replaces the axis, the tap t comes behind it.
///
/// Convolution is a contraction over the taps, pooling a maximum or a sum over them. The divisor makes the operation closed under differentiation: a window with
/// stride s pulls back to a window with divisor s.
///
/// @param axis      the axis of the operand that windows slide along
/// @param positions how many windows
/// @param taps      elements of one window
/// @param stride    how far one window is from the next
/// @param dilation  how far one tap is from the next; may be negative
/// @param offset    where the first tap of the first window lies; negative for padding
/// @param divisor   so many positions for each element: the others see `fill`
/// @param tapped    whether the operand has taps already, on the axis behind: each tap then looks at its own part
/// @param fill      what lies outside
public record Window(int axis, Dim positions, int taps, int stride, int dilation, int offset, int divisor, boolean tapped, double fill)
        implements
            Op {

    @Override
    public String mnemonic() {
        return "window";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType operand = Require.one(this, operands);
        Require.axis(axis, operand.rank(), this, operands);
        Require.that(taps >= 1 && stride >= 1 && divisor >= 1, this, operands);
        Dim size = operand.shape().dim(axis);
        Require.that(positions.isFixed() && size.isFixed() || positions.equals(size) && stride == divisor, this, operands);
        List<Dim> dims = new ArrayList<>(operand.shape().dims());
        dims.set(axis, positions);
        if (tapped) {
            Require.that(axis + 1 < operand.rank() && dims.get(axis + 1).equals(Dim.of(taps)), this, operands);
        } else {
            dims.add(axis + 1, Dim.of(taps));
        }
        return List.of(operand.withShape(new Shape(dims)));
    }

    /// the batch stays in front
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        return builder.addAll(new Window(axis + 1, positions, taps, stride, dilation, offset, divisor, tapped, fill), operands);
    }

    /// y[p, t] = x[n] where p * stride + t * dilation + offset = n * divisor, so dx[n] = the sum over t of dy[(n * divisor - t * dilation - offset) / stride, t]:
    /// a window of the cotangent, each tap in its own part.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Dim size = equation.operands().getFirst().shape().dim(axis);
        Value parts = builder.add(new Window(axis, size, taps, divisor, -dilation, -offset, stride, true, 0), dy);
        return List.of(Optional.of(tapped ? parts : builder.add(new Sum(List.of(axis + 1)), parts)));
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        Tensor operand = operands.getFirst();
        Tensor result = Tensor.zeros(results.getFirst());
        Arrays.fill(result.data(), fill);
        int[] strides = Index.strides(result.sizes());
        int[] operandStrides = Index.strides(operand.sizes());
        int[] from = IntStream.range(0, result.type().rank()).map(i -> i <= axis ? i : i == axis + 1 && !tapped ? -1 : tapped ? i : i - 1)
                .toArray();
        int size = operand.sizes()[axis];
        Index.forEach(result.sizes(), index -> {
            int place = index[axis] * stride + index[axis + 1] * dilation + offset;
            if (place >= 0 && place % divisor == 0 && place / divisor < size) {
                int source = (place / divisor - index[axis]) * operandStrides[axis];
                for (int i = 0; i < from.length; i++) {
                    source += from[i] < 0 ? 0 : index[i] * operandStrides[from[i]];
                }
                result.data()[Index.flat(index, strides)] = operand.data()[source];
            }
        });
        return List.of(result);
    }

    /// Where a position and a tap look, before the division.
    public int place(int position, int tap) {
        return position * stride + tap * dilation + offset;
    }
}
