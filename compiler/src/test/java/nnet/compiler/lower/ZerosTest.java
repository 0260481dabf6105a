package nnet.compiler.lower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnet.compiler.loop.LoopInterpreter.Order;
import nnet.compiler.schedule.Target;
import nnet.compiler.settle.Settle;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a product leaves out because it is zero changes no bit: it is compared with all products of the definition, one after the other.
class ZerosTest {

    /// Two chunks; whole panels and a part of one.
    private static final int STEPS = 520;
    private static final int COLUMNS = 66;
    private static final int FEW = 2;
    /// So many rows that nothing is left out.
    private static final int MANY = 8;

    /// A kind of numbers, by a name that a failure shows.
    private record Numbers(String name, IntToDoubleFunction at) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Numbers numbers(String name, IntToDoubleFunction at) {
        return new Numbers(name, at);
    }

    /// @param zeros the part that is zero, half of it negative
    private static IntToDoubleFunction random(long seed, double zeros) {
        return i -> {
            Random random = new Random(seed + 7919L * i);
            double kind = random.nextDouble();
            return kind < zeros ? kind < zeros / 2 ? -0.0 : 0 : random.nextGaussian();
        };
    }

    private static IntToDoubleFunction with(IntToDoubleFunction others, int place, double value) {
        return i -> i == place ? value : others.applyAsDouble(i);
    }

    /// As if each number came from a list of the most awkward ones.
    private static IntToDoubleFunction awkward(long seed) {
        double[] some = {0, -0.0, 0, Float.MIN_VALUE, -Float.MIN_VALUE, 1e-30, -1e-30, Float.MIN_NORMAL, 1, -1, 3e38, -3e38};
        return i -> some[new Random(seed + 31L * i).nextInt(some.length)];
    }

    /// Steps that are marked by whole words, and zeros between them.
    private static IntToDoubleFunction runs(IntToDoubleFunction others) {
        return i -> i % 208 < 80 ? others.applyAsDouble(i) : 0;
    }

    static Stream<List<Numbers>> cases() {
        List<Numbers> rows = List.of(numbers("zeros", _ -> 0), numbers("negative zeros", _ -> -0.0), numbers("dense", random(1, 0)),
                numbers("a fifth", random(2, 0.8)), numbers("about the border", random(3, 0.4)),
                numbers("in runs", runs(random(12, 0))),
                numbers("tiny", i -> i % 5 == 0 ? Float.MIN_VALUE : 0), numbers("not a number", with(random(4, 0.8), 3, Double.NaN)),
                numbers("infinite", with(random(5, 0.8), 515, Double.POSITIVE_INFINITY)), numbers("awkward", awkward(6)));
        List<Numbers> weights = List.of(numbers("usual", random(7, 0)), numbers("with zeros", random(8, 0.5)),
                numbers("awkward", awkward(9)),
                numbers("tiny", i -> (i % 2 - 0.5) * Float.MIN_VALUE * 2),
                numbers("infinite", with(random(10, 0), 71, Double.NEGATIVE_INFINITY)),
                numbers("not a number", with(random(11, 0), 34_001, Double.NaN)));
        // A product that is too small for any number but -0, and zeros after it.
        List<Numbers> underflow = List.of(numbers("one", with(_ -> 0, 7, 1e-30)), numbers("negative", _ -> -1e-30));
        return Stream.of(Stream.of(underflow), rows.stream().map(row -> List.of(row, weights.getFirst())),
                weights.stream().flatMap(weight -> Stream.of(rows.get(3), rows.getLast()).map(row -> List.of(row, weight))))
                .flatMap(cases -> cases).distinct();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyFormGivesTheBitsOfAllProducts(List<Numbers> numbers) {
        float[] x = floats(numbers.getFirst(), MANY * STEPS);
        float[] w = floats(numbers.getLast(), STEPS * COLUMNS);
        int[] expected = bits(products(x, w));
        Tensor matrix = tensor(w, STEPS, COLUMNS);
        Settle settle = new Settle();
        Graph graph = settle.predict(product());
        Tensor panels = settled(settle.program().orElseThrow(), matrix);
        List<Tensor> few = List.of(tensor(Arrays.copyOf(x, FEW * STEPS), FEW, STEPS), matrix, panels);
        for (Target target : List.of(Target.SCALAR, Target.VECTOR256)) {
            assertArrayEquals(Arrays.copyOf(expected, FEW * COLUMNS), bits(run(graph, few, target, FEW)), "few, " + target);
        }
        assertArrayEquals(expected, bits(run(graph, List.of(tensor(x, MANY, STEPS), matrix, panels), Target.VECTOR256, MANY)), "many");
        assertArrayEquals(Arrays.copyOf(expected, FEW * COLUMNS), bits(run(product(), few.subList(0, 2), Target.VECTOR256, FEW)),
                "as written");
    }

    @Test
    void compiledCodeLeavesOutTheSame() {
        Settle settle = new Settle();
        Graph graph = settle.predict(product());
        float[] w = floats(numbers("awkward", awkward(9)), STEPS * COLUMNS);
        Tensor matrix = tensor(w, STEPS, COLUMNS);
        Tensor panels = settled(settle.program().orElseThrow(), matrix);
        // Of each row another part is zero.
        IntToDoubleFunction rows = i -> i < 3 * STEPS ? random(5, 0.4 * (i / STEPS)).applyAsDouble(i) : runs(random(5, 0)).applyAsDouble(i);
        LowerTest.compiled(graph, List.of(tensor(floats(numbers("rows", rows), 4 * STEPS), 4, STEPS), matrix, panels), 4);
    }

    private static Graph product() {
        Builder b = new Builder("product");
        Value x = b.input("x", Role.DATA, new TensorType(ElementType.F32, Shape.of(Examples.BATCH, Dim.of(STEPS))));
        Value w = b.input("w", Role.PARAMETER, TensorType.f32(STEPS, COLUMNS));
        b.output("y", Role.RESULT, b.add(new Contraction(List.of(0, 1), List.of(1, 2), List.of(0, 2)), x, w));
        return b.build();
    }

    /// The definition.
    private static float[] products(float[] x, float[] w) {
        float[] result = new float[x.length / STEPS * COLUMNS];
        for (int i = 0; i < result.length; i++) {
            float total = 0;
            for (int from = 0; from < STEPS; from += Labels.CHUNK) {
                float sum = 0;
                for (int k = from; k < Math.min(STEPS, from + Labels.CHUNK); k++) {
                    sum = Math.fma(x[i / COLUMNS * STEPS + k], w[k * COLUMNS + i % COLUMNS], sum);
                }
                total = from == 0 ? sum : total + sum;
            }
            result[i] = total + 0f;
        }
        return result;
    }

    private static Tensor settled(Graph program, Tensor matrix) {
        double[] panels = LowerTest.run(program, List.of(matrix), Target.SCALAR, 1, Order.ASCENDING).getFirst();
        return new Tensor(program.outputs().getFirst().value().type(), panels);
    }

    private static float[] run(Graph graph, List<Tensor> inputs, Target target, int batch) {
        double[] result = LowerTest.run(graph, inputs, target, batch, Order.ASCENDING).getFirst();
        float[] floats = new float[batch * COLUMNS];
        IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) result[i]);
        return floats;
    }

    private static float[] floats(Numbers numbers, int count) {
        float[] floats = new float[count];
        IntStream.range(0, count).forEach(i -> floats[i] = (float) numbers.at().applyAsDouble(i));
        return floats;
    }

    private static Tensor tensor(float[] values, int rows, int columns) {
        return new Tensor(TensorType.f32(rows, columns), IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray());
    }

    /// All NaN are one.
    private static int[] bits(float[] values) {
        return IntStream.range(0, values.length).map(i -> Float.floatToIntBits(values[i])).toArray();
    }
}
