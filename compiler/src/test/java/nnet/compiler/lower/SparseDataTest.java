package nnet.compiler.lower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnet.compiler.loop.LoopInterpreter.Order;
import nnet.compiler.loop.LoopPrinter;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.schedule.Target;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A product with an input of the network leaves out what is zero in a row. That changes no bit: scalar kernels, which leave out nothing, give the same.
class SparseDataTest {

    private static final int FEW_STEPS = 20;
    /// More than pass by at a time, and than there are marks in a number.
    private static final int MANY_STEPS = 150;
    /// Several parts, of more rows than are marked at a time; as steps, more than the marks of one number.
    private static final int ROWS = 140;
    /// As steps, no more than pass by at a time: their marks are two numbers.
    private static final int FEW_ROWS = 40;
    private static final int FEATURES = 67;
    private static final int COLUMNS = 88;

    /// @param zeros   the part of the data that is zero, half of it negative
    /// @param special one element of the other factor
    private record Case(double zeros, float special) {
    }

    static Stream<Case> cases() {
        return Stream.of(new Case(0, 1), new Case(0.9, 1), new Case(0.9, -1e-45f), new Case(0.9, Float.NaN),
                new Case(1, Float.NEGATIVE_INFINITY));
    }

    /// Forward: examples times weights.
    @ParameterizedTest
    @MethodSource("cases")
    void aProductOfDataKeepsItsBits(Case given) {
        for (int steps : List.of(FEW_STEPS, MANY_STEPS)) {
            List<Tensor> inputs = List.of(data(given, ROWS, steps), factor(given, steps));
            assertArrayEquals(bits(product(steps), inputs, Target.SCALAR, ROWS), bits(product(steps), inputs, Target.VECTOR256, ROWS));
        }
    }

    /// The gradient by the weights: data, turned, times cotangents.
    @ParameterizedTest
    @MethodSource("cases")
    void aProductOfTurnedDataKeepsItsBits(Case given) {
        for (int rows : List.of(FEW_ROWS, ROWS)) {
            List<Tensor> inputs = List.of(data(given, rows, FEATURES), factor(given, rows));
            assertArrayEquals(bits(turned(), inputs, Target.SCALAR, rows), bits(turned(), inputs, Target.VECTOR256, rows));
        }
    }

    /// The gradient of a bias beside it: where sums of the cotangents are known, they say whether all of these are finite.
    @ParameterizedTest
    @MethodSource("cases")
    void aProductKeepsItsBitsWhereSumsOfTheOtherFactorAreKnown(Case given) {
        for (int rows : List.of(FEW_ROWS, ROWS)) {
            List<Tensor> inputs = List.of(data(given, rows, FEATURES), factor(given, rows));
            assertArrayEquals(bits(turned(), inputs, Target.SCALAR, rows), bits(turnedBesideSums(), inputs, Target.VECTOR256, rows));
        }
    }

    @Test
    void sumsThatOverflowChangeNoBit() {
        List<Tensor> inputs = List.of(data(new Case(0.9, 1), ROWS, FEATURES), tensor(ROWS, COLUMNS, i -> i % COLUMNS == 5 ? 3e38 : 1));
        assertArrayEquals(bits(turned(), inputs, Target.SCALAR, ROWS), bits(turnedBesideSums(), inputs, Target.VECTOR256, ROWS));
    }

    @Test
    void sumsOfTheOtherFactorAreReadInItsPlace() {
        assertEquals(3, argumentsOfTheProduct(turned()));
        assertEquals(4, argumentsOfTheProduct(turnedBesideSums()));
    }

    private static int argumentsOfTheProduct(Graph graph) {
        return ((KernelCall) Lower.lower(graph, Target.VECTOR256).commands().getLast()).arguments().size();
    }

    /// That all bits are equal would hold without any marks as well.
    @Test
    void whatIsNoDataIsNotLookedThrough() {
        assertTrue(marksZeros(Role.DATA));
        assertFalse(marksZeros(Role.PARAMETER));
    }

    private static boolean marksZeros(Role role) {
        Graph graph = graph(role, Shape.of(Examples.BATCH, Dim.of(FEW_STEPS)), Shape.of(FEW_STEPS, COLUMNS), List.of(0, 1), List.of(1, 2));
        return LoopPrinter.print(Lower.lower(graph, Target.VECTOR256)).contains("section mark");
    }

    @Test
    void compiledCodeLeavesOutTheSameInEachChunk() {
        Case given = new Case(0.9, 1);
        int twoChunks = Labels.CHUNK + 8;
        LowerTest.compiled(product(twoChunks), List.of(data(given, 9, twoChunks), factor(given, twoChunks)), 9);
        for (int rows : List.of(FEW_ROWS, ROWS)) {
            LowerTest.compiled(turned(), List.of(data(given, rows, FEATURES), factor(given, rows)), rows);
            LowerTest.compiled(turnedBesideSums(), List.of(data(given, rows, FEATURES), factor(given, rows)), rows);
        }
    }

    private static Graph product(int steps) {
        return graph(Shape.of(Examples.BATCH, Dim.of(steps)), Shape.of(steps, COLUMNS), List.of(0, 1), List.of(1, 2));
    }

    private static Graph turned() {
        return graph(Shape.of(Examples.BATCH, Dim.of(FEATURES)), Shape.of(Examples.BATCH, Dim.of(COLUMNS)), List.of(1, 0), List.of(1, 2));
    }

    private static Graph turnedBesideSums() {
        Builder b = new Builder("product");
        Value x = b.input("x", Role.DATA, new TensorType(ElementType.F32, Shape.of(Examples.BATCH, Dim.of(FEATURES))));
        Value w = b.input("w", Role.PARAMETER, new TensorType(ElementType.F32, Shape.of(Examples.BATCH, Dim.of(COLUMNS))));
        Value sums = b.add(new Sum(List.of(0)), w);
        b.output("y", Role.RESULT, b.add(new Contraction(List.of(1, 0), List.of(1, 2), List.of(0, 2)), x, w));
        b.output("sums", Role.RESULT, sums);
        return b.build();
    }

    private static Graph graph(Shape data, Shape factor, List<Integer> left, List<Integer> right) {
        return graph(Role.DATA, data, factor, left, right);
    }

    private static Graph graph(Role role, Shape data, Shape factor, List<Integer> left, List<Integer> right) {
        Builder b = new Builder("product");
        Value x = b.input("x", role, new TensorType(ElementType.F32, data));
        Value w = b.input("w", Role.PARAMETER, new TensorType(ElementType.F32, factor));
        b.output("y", Role.RESULT, b.add(new Contraction(left, right, List.of(0, 2)), x, w));
        return b.build();
    }

    private static Tensor data(Case given, int rows, int columns) {
        Random random = new Random(1);
        return tensor(rows, columns, _ -> {
            double kind = random.nextDouble();
            return kind < given.zeros() ? kind < given.zeros() / 2 ? -0f : 0 : (float) random.nextGaussian();
        });
    }

    private static Tensor factor(Case given, int rows) {
        Random random = new Random(2);
        return tensor(rows, COLUMNS, i -> i == 3 * COLUMNS + 87 ? given.special() : (float) random.nextGaussian());
    }

    private static Tensor tensor(int rows, int columns, IntToDoubleFunction values) {
        return new Tensor(TensorType.f32(rows, columns), IntStream.range(0, rows * columns).mapToDouble(values).toArray());
    }

    /// All NaN are one.
    private static int[] bits(Graph graph, List<Tensor> inputs, Target target, int batch) {
        double[] result = LowerTest.run(graph, inputs, target, batch, Order.ASCENDING).getFirst();
        return Arrays.stream(result).mapToInt(x -> Float.floatToIntBits((float) x)).toArray();
    }
}
