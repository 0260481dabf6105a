package nnet.compiler.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import nnet.compiler.tensor.Abs;
import nnet.compiler.tensor.BatchSum;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Compare;
import nnet.compiler.tensor.Concatenate;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Convert;
import nnet.compiler.tensor.Cos;
import nnet.compiler.tensor.Erf;
import nnet.compiler.tensor.Exp;
import nnet.compiler.tensor.Expm1;
import nnet.compiler.tensor.Gather;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Iota;
import nnet.compiler.tensor.Log;
import nnet.compiler.tensor.Log1p;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Maximum;
import nnet.compiler.tensor.Minimum;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Pad;
import nnet.compiler.tensor.RandomUniform;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Reverse;
import nnet.compiler.tensor.Sigmoid;
import nnet.compiler.tensor.Sin;
import nnet.compiler.tensor.Size;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.Softplus;
import nnet.compiler.tensor.Sqrt;
import nnet.compiler.tensor.StopGradient;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Tanh;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Window;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// A random network of one example with a mean loss: smooth almost everywhere and of moderate values, so that single and double precision agree. Choices are
/// made by inputs and random numbers only, which both precisions hold exactly.
final class RandomGraphs {

    static final Dim BATCH = Dim.symbol("batch");
    private static final int[] SIZES = {1, 2, 3, 5, 8, 16, 17, 33, 40};
    private static final int LARGEST = 1500;

    private final Random random;
    private final Builder b = new Builder("random");
    private final List<Value> pool = new ArrayList<>();
    private final Value categories;
    private final Value key;
    private int parameters;
    private int sites;

    private RandomGraphs(long seed) {
        random = new Random(seed);
        categories = b.input("categories", Role.DATA, new TensorType(ElementType.I32, Shape.of(3)));
        key = b.input("key", Role.CONTROL, new TensorType(ElementType.I32, Shape.of(3)));
        for (int i = 1 + random.nextInt(2); i >= 0; i--) {
            pool.add(b.input("x" + i, Role.DATA, new TensorType(ElementType.F32, shape())));
        }
    }

    /// Outputs `y` (data) and `loss` (mean over the batch) of inputs `x...`, `categories` (0, 1, 2), `key` and parameters.
    static Graph graph(long seed, int operations) {
        RandomGraphs graphs = new RandomGraphs(seed);
        for (int i = 0; i < operations; i++) {
            graphs.grow();
        }
        return graphs.finish();
    }

    private Graph finish() {
        Value y = b.add(new Tanh(), dense(any()));
        Value loss = mean(y);
        for (int i = 0; i < 3; i++) {
            loss = b.plus(loss, mean(bounded(pool.get(pool.size() - 1 - random.nextInt(Math.min(4, pool.size()))))));
        }
        b.output("y", Role.DATA, y);
        b.output("loss", Role.RESULT, b.over(b.add(new BatchSum(), loss), b.add(new Size(BATCH))));
        return b.build();
    }

    private Shape shape() {
        int rank = random.nextInt(4);
        return Shape.of(IntStream.range(0, rank).map(_ -> SIZES[random.nextInt(rank == 3 ? 5 : SIZES.length)]).toArray());
    }

    private Value any() {
        return pool.get(random.nextInt(pool.size()));
    }

    private int axis(Value value) {
        return random.nextInt(value.shape().rank());
    }

    private Value parameter(Shape shape) {
        return b.input("p" + parameters++, Role.PARAMETER, new TensorType(ElementType.F32, shape));
    }

    private Value bounded(Value x) {
        return b.add(random.nextBoolean() ? new Tanh() : new Sin(), x);
    }

    private Value mean(Value x) {
        int size = x.shape().size().size();
        Value sum = b.add(new Sum(IntStream.range(0, x.shape().rank()).boxed().toList()), x);
        return b.times(sum, b.like(sum, 1.0 / size));
    }

    private void grow() {
        Value x = any();
        Value result = switch (random.nextInt(x.shape().rank() == 0 ? 4 : 16)) {
            case 0, 1, 2 -> unary(x);
            case 3 -> binary(x);
            case 4, 5 -> binary(x);
            case 6, 7 -> dense(x);
            case 8 -> reduced(x);
            case 9 -> softmax(x);
            case 10 -> moved(x);
            case 11 -> cut(x);
            case 12 -> chosen(x);
            case 13 -> normalized(x);
            case 14 -> product(x);
            default -> gathered(x);
        };
        if (result.shape().size().size() <= LARGEST) {
            pool.add(result);
        }
    }

    private Value unary(Value x) {
        Value square = b.times(x, x);
        Value safe = b.plus(square, b.like(x, 0.5));
        return switch (random.nextInt(14)) {
            case 0 -> b.add(new Tanh(), x);
            case 1 -> b.add(new Sigmoid(), x);
            case 2 -> b.add(new Softplus(), x);
            case 3 -> b.add(new Erf(), x);
            case 4 -> b.add(new Sin(), x);
            case 5 -> b.add(new Cos(), x);
            case 6 -> b.add(new Exp(), b.negate(square));
            case 7 -> b.add(new Expm1(), bounded(x));
            case 8 -> b.add(new Log(), safe);
            case 9 -> b.add(new Log1p(), square);
            case 10 -> b.add(new Sqrt(), safe);
            case 11 -> b.add(new Maximum(), x, b.like(x, 0));
            case 12 -> b.add(new Abs(), x);
            default -> b.times(b.like(x, random.nextDouble(-1.5, 1.5)), b.add(new StopGradient(), x));
        };
    }

    private Value binary(Value x) {
        Value y = matching(x);
        return switch (random.nextInt(6)) {
            case 0 -> b.minus(x, y);
            case 1 -> b.times(bounded(x), y);
            case 2 -> b.over(x, b.plus(b.times(y, y), b.like(y, 1)));
            case 3 -> b.add(new Maximum(), x, y);
            case 4 -> b.add(new Minimum(), x, y);
            default -> b.plus(b.times(x, b.like(x, 0.5)), y);
        };
    }

    /// A value of the same shape: from the pool, or a parameter, perhaps repeated along some axes.
    private Value matching(Value x) {
        List<Value> same = pool.stream().filter(value -> value.shape().equals(x.shape())).toList();
        if (random.nextBoolean()) {
            return same.get(random.nextInt(same.size()));
        }
        List<Integer> axes = IntStream.range(0, x.shape().rank()).filter(_ -> random.nextInt(3) > 0).boxed().toList();
        Value small = parameter(new Shape(axes.stream().map(x.shape()::dim).toList()));
        return b.add(new nnet.compiler.tensor.Broadcast(x.shape(), axes), small);
    }

    private Value dense(Value x) {
        if (x.shape().rank() == 0) {
            return unary(x);
        }
        int axis = axis(x);
        int inputs = x.shape().dim(axis).size();
        int units = SIZES[random.nextInt(SIZES.length)];
        List<Integer> left = IntStream.range(0, x.shape().rank()).boxed().toList();
        List<Integer> result = left.stream().map(label -> label == axis ? 9 : label).toList();
        boolean transposed = random.nextBoolean();
        Value weight = transposed ? parameter(Shape.of(units, inputs)) : parameter(Shape.of(inputs, units));
        Value z = b.add(new Contraction(left, transposed ? List.of(9, axis) : List.of(axis, 9), result), bounded(x), weight);
        Value bias = b.add(new nnet.compiler.tensor.Broadcast(z.shape(), List.of(axis)), parameter(Shape.of(units)));
        return b.plus(b.times(z, b.like(z, 2 / Math.sqrt(inputs))), bias);
    }

    /// The product of two values of one example: over one of the axes that have equal sizes, or none.
    private Value product(Value x) {
        Value y = any();
        List<Integer> left = IntStream.range(0, x.shape().rank()).boxed().toList();
        List<Integer> right = new ArrayList<>(IntStream.range(10, 10 + y.shape().rank()).boxed().toList());
        List<Integer> result = new ArrayList<>(left);
        for (int i = 0; i < y.shape().rank(); i++) {
            int axis = left.size() - 1 - i;
            if (axis >= 0 && y.shape().dim(i).equals(x.shape().dim(axis))) {
                right.set(i, axis);
                if (random.nextBoolean()) {
                    result.remove(Integer.valueOf(axis));
                }
            } else {
                result.add(right.get(i));
            }
        }
        Collections.shuffle(result, random);
        if (x.shape().size().size() * y.shape().size().size() > 20_000) {
            return b.negate(x);
        }
        return bounded(b.add(new Contraction(left, right, result), bounded(x), bounded(y)));
    }

    private List<Integer> someAxes(Value x) {
        List<Integer> axes = IntStream.range(0, x.shape().rank()).filter(_ -> random.nextBoolean()).boxed().toList();
        return axes.isEmpty() ? List.of(axis(x)) : axes;
    }

    private Value reduced(Value x) {
        List<Integer> axes = someAxes(x);
        if (random.nextInt(3) == 0) {
            return b.add(new Max(axes), x);
        }
        Value sum = b.add(new Sum(axes), x);
        double count = axes.stream().mapToInt(axis -> x.shape().dim(axis).size()).reduce(1, (p, q) -> p * q);
        return b.times(sum, b.like(sum, 1 / Math.sqrt(count)));
    }

    private Value repeated(Value small, Value x, int without) {
        List<Integer> axes = IntStream.range(0, x.shape().rank()).filter(axis -> axis != without).boxed().toList();
        return b.add(new nnet.compiler.tensor.Broadcast(x.shape(), axes), small);
    }

    private Value softmax(Value x) {
        int axis = axis(x);
        Value shifted = b.minus(x, repeated(b.add(new Max(List.of(axis)), x), x, axis));
        Value e = b.add(new Exp(), shifted);
        Value sum = repeated(b.add(new Sum(List.of(axis)), e), x, axis);
        return random.nextBoolean() ? b.over(e, sum) : b.minus(shifted, b.add(new Log(), sum));
    }

    /// Over an axis, or over the batch.
    private Value normalized(Value x) {
        if (random.nextInt(3) == 0) {
            Value size = b.broadcast(b.add(new Size(BATCH)), x.shape());
            Value centred = b.minus(x, b.over(b.add(new BatchSum(), x), size));
            Value variance = b.over(b.add(new BatchSum(), b.times(centred, centred)), size);
            return b.over(centred, b.add(new Sqrt(), b.plus(variance, b.like(variance, 0.25))));
        }
        int axis = axis(x);
        double size = x.shape().dim(axis).size();
        Value sum = b.add(new Sum(List.of(axis)), x);
        Value centred = b.minus(x, repeated(b.times(sum, b.like(sum, 1 / size)), x, axis));
        Value squares = b.add(new Sum(List.of(axis)), b.times(centred, centred));
        Value deviation = b.add(new Sqrt(), b.plus(b.times(squares, b.like(squares, 1 / size)), b.like(squares, 0.25)));
        return b.over(centred, repeated(deviation, x, axis));
    }

    private Value moved(Value x) {
        int rank = x.shape().rank();
        return switch (random.nextInt(4)) {
            case 0 -> {
                List<Integer> permutation = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
                Collections.shuffle(permutation, random);
                yield b.add(new Transpose(permutation), x);
            }
            case 1 -> b.add(new Reshape(Shape.of(x.shape().size())), x);
            case 2 -> b.add(new Reverse(axis(x)), x);
            default -> {
                int at = random.nextInt(rank + 1);
                List<Dim> dims = new ArrayList<>(x.shape().dims());
                dims.add(at, Dim.of(1 + random.nextInt(4)));
                yield b.add(new nnet.compiler.tensor.Broadcast(new Shape(dims),
                        IntStream.range(0, rank + 1).filter(axis -> axis != at).boxed().toList()), x);
            }
        };
    }

    private Value cut(Value x) {
        int axis = axis(x);
        int size = x.shape().dim(axis).size();
        return switch (random.nextInt(4)) {
            case 0 -> {
                int start = random.nextInt(size);
                int stride = 1 + random.nextInt(2);
                yield b.add(new Slice(axis, start, Dim.of(1 + (size - 1 - start) / stride), stride), x);
            }
            case 1 -> b.add(new Pad(axis, random.nextInt(3), random.nextInt(3), random.nextInt(2)), x);
            case 2 -> windows(x, axis, size);
            default -> b.add(new Concatenate(axis), x, unary(x));
        };
    }

    /// The sum or maximum over the taps of windows.
    private Value windows(Value x, int axis, int size) {
        int taps = 1 + random.nextInt(3);
        int stride = 1 + random.nextInt(2);
        int padding = random.nextInt(taps);
        int positions = Math.max(1, (size + 2 * padding - taps) / stride + 1);
        boolean max = random.nextBoolean();
        Value windows = b.add(new Window(axis, Dim.of(positions), taps, stride, 1, -padding, 1, false, max ? -3 : 0), x);
        return b.add(max ? new Max(List.of(axis + 1)) : new Sum(List.of(axis + 1)), windows);
    }

    /// What an input, a position or chance decides.
    private Value chosen(Value x) {
        Op zeroOne = new RandomUniform(x.shape(), sites++);
        Value condition = switch (random.nextInt(3)) {
            case 0 -> b.compare(Compare.Relation.LESS, b.add(zeroOne, key), b.like(x, 0.7));
            case 1 -> {
                Value position = b.add(new Iota(new TensorType(ElementType.I32, x.shape()), axis(x)));
                yield b.compare(Compare.Relation.LESS_EQUAL, position, b.like(position, 2));
            }
            default -> {
                Value first = b.add(new Reshape(Shape.SCALAR), b.add(new Slice(0, 1, Dim.ONE, 1), categories));
                yield b.compare(Compare.Relation.EQUAL, b.broadcast(first, x.shape()), b.broadcast(b.like(first, 1), x.shape()));
            }
        };
        return random.nextInt(4) == 0
                ? b.times(x, b.add(new Convert(ElementType.F32), condition))
                : b.select(condition, x, matching(x));
    }

    /// The rows of the first axis that the categories name.
    private Value gathered(Value x) {
        return b.add(new Gather(0), random.nextBoolean() ? x : parameter(Shape.of(3, SIZES[random.nextInt(SIZES.length)])), categories);
    }
}
