package nnet.compiler.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What single operations promise beyond the rules that all of them keep.
class OperationsTest {

    /// Known answers that the authors of the generator publish with their library Random123 (kat_vectors, threefry2x32 20).
    @ParameterizedTest
    @CsvSource({"00000000, 00000000, 00000000, 00000000, 6b200159, 99ba4efe", "ffffffff, ffffffff, ffffffff, ffffffff, 1cb996fc, bb002be7",
        "243f6a88, 85a308d3, 13198a2e, 03707344, c4923a9c, 483df7a0"})
    void threefryGivesThePublishedAnswers(String c0, String c1, String k0, String k1, String w0, String w1) {
        int[] words = RandomUniform.threefry(hex(c0), hex(c1), hex(k0), hex(k1));
        assertArrayEquals(new int[]{hex(w0), hex(w1)}, words);
    }

    private static int hex(String digits) {
        return Integer.parseUnsignedInt(digits, 16);
    }

    @Test
    void randomNumbersAreUniform() {
        RandomUniform op = new RandomUniform(Shape.of(16_000), 3);
        double[] numbers = op.evaluate(List.of(Tensor.i32(Shape.of(3), 42, 0, 5)), List.of(TensorType.f32(16_000))).getFirst().data();
        int[] counts = new int[16];
        Arrays.stream(numbers).forEach(number -> counts[(int) (16 * number)]++);
        double statistic = Arrays.stream(counts).mapToDouble(count -> (count - 1000) * (count - 1000) / 1000.0).sum();
        // The numbers are fixed, so this either always passes or never: one generator in ten thousand good ones would be refused.
        assertTrue(new ChiSquaredDistribution(15).cumulativeProbability(statistic) < 0.9999);
    }

    @Test
    void examplesOfABatchHaveNumbersOfTheirOwn() {
        Builder b = new Builder("random");
        Value key = b.input("key", Role.CONTROL, new TensorType(ElementType.I32, Shape.of(3)));
        b.output("y", Role.DATA, b.add(new RandomUniform(Shape.of(2), 1), key));
        Graph batched = Specialise.specialise(Batch.batch(b.build(), Dim.symbol("batch")), Map.of("batch", 3));
        assertEquals(new RandomUniform(Shape.of(3, 2), 1), batched.equations().getFirst().op());
    }

    @Test
    void aBatchSumAddsTheExamplesAndCountsConstantsOnceForEach() {
        Builder b = new Builder("sums");
        Value x = b.input("x", Role.DATA, TensorType.f32(2));
        Value w = b.input("w", Role.PARAMETER, TensorType.f32());
        b.output("sum", Role.RESULT, b.add(new BatchSum(), x));
        b.output("constant", Role.RESULT, b.add(new BatchSum(), w));
        Graph batched = Verifier.verify(Batch.batch(b.build(), Dim.symbol("batch")));
        List<Tensor> results = Interpreter.run(batched, List.of(Tensor.f32(Shape.of(3, 2), 1, 2, 3, 4, 5, 6), Tensor.f32(Shape.SCALAR, 7)));
        assertArrayEquals(new double[]{9, 12}, results.get(0).data());
        assertArrayEquals(new double[]{21}, results.get(1).data());
    }

    @Test
    void anOutputForAllExamplesMustNotDependOnOne() {
        Builder b = new Builder("wrong");
        b.output("state", Role.STATE, b.input("x", Role.DATA, TensorType.f32(2)));
        assertThrows(ShapeException.class, () -> Batch.batch(b.build(), Dim.symbol("batch")));
    }

    @Test
    void noGradientFlowsThroughStopGradient() {
        Builder b = new Builder("stopped");
        Value x = b.input("x", Role.DATA, TensorType.f32(2));
        Value y = b.add(new StopGradient(), x);
        assertEquals(List.of(Optional.empty()), Pullback.sweep(b, b.build().equations(), Map.of(y, b.like(y, 1)), List.of(x)));
    }

    @Test
    void theErrorFunctionIsThatOfCommonsMath() {
        for (double x = -7; x <= 7; x += 0.01) {
            assertEquals(org.apache.commons.math3.special.Erf.erf(x), new Erf().scalar(x), 2e-15);
        }
        assertTrue(Double.isNaN(new Erf().scalar(Double.NaN)));
    }

    @ParameterizedTest
    @CsvSource({"5, 3", "3, 5", "4, 4"})
    void orthonormalizeMakesAnOrthonormalMatrix(int rows, int columns) {
        Tensor x = Examples.tensor(i -> Math.sin(1 + 3.7 * i * i), rows, columns);
        double[] q = new Orthonormalize().evaluate(List.of(x), List.of(x.type())).getFirst().data();
        boolean tall = rows >= columns;
        int vectors = Math.min(rows, columns);
        for (int a = 0; a < vectors; a++) {
            for (int b = 0; b < vectors; b++) {
                int first = a;
                int second = b;
                double product = IntStream.range(0, Math.max(rows, columns))
                        .mapToDouble(i -> tall
                                ? q[i * columns + first] * q[i * columns + second]
                                : q[first * columns + i] * q[second * columns + i])
                        .sum();
                assertEquals(a == b ? 1 : 0, product, 1e-14);
            }
        }
    }

    @Test
    void operandsThatDoNotFitAreRefused() {
        assertThrows(ShapeException.class, () -> new Add().infer(List.of(TensorType.f32(2), TensorType.f32(3))));
        assertThrows(ShapeException.class, () -> new Add().infer(List.of(TensorType.f32(2))));
        assertThrows(ShapeException.class, () -> new Exp().infer(List.of(new TensorType(ElementType.I32, Shape.of(2)))));
        assertThrows(ShapeException.class, () -> new Contraction(List.of(0, 1), List.of(1, 2), List.of(0, 2))
                .infer(List.of(TensorType.f32(3, 4), TensorType.f32(5, 2))));
        assertThrows(ShapeException.class, () -> new Reshape(Shape.of(5)).infer(List.of(TensorType.f32(2, 3))));
        assertThrows(ShapeException.class, () -> new Slice(0, 2, Dim.of(2), 2).infer(List.of(TensorType.f32(4))));
    }

    @Test
    void theVerifierSeesAValueUsedBeforeItsDefinition() {
        Builder b = new Builder("wrong");
        Value x = b.input("x", Role.DATA, TensorType.f32(2));
        b.output("y", Role.DATA, b.negate(b.add(new Exp(), x)));
        Graph right = b.build();
        assertThrows(ShapeException.class,
                () -> Verifier.verify(new Graph("wrong", right.inputs(), right.equations().reversed(), right.outputs())));
    }

    @Test
    void theReaderNamesTheLineOfAMistake() {
        String text = "graph g {\n  input %0 x: data f32[2]\n  %1 = frobnicate(%0) : f32[2]\n}\n";
        assertEquals("line 3: expected an operation, found frobnicate",
                assertThrows(IllegalArgumentException.class, () -> Reader.read(text)).getMessage());
    }
}
