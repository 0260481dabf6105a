package nnet.compiler.lower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nnet.compiler.settle.Settle;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.Sqrt;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Window;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettledTest {

    /// Whole panels and a part of one, several chunks of the contracted axis, few rows and many, a matrix that lies the other way round; convolutions.
    static Stream<Graph> products() {
        return Stream.of(Examples.product(Examples.BATCH, 21, 70), Examples.product(Examples.BATCH, 515, 40),
                Examples.product(Examples.BATCH, 70, 384),
                Examples.product(Dim.of(3), 21, 70), Examples.product(Dim.of(1), 7, 33), Examples.product(Dim.of(20), 9, 160),
                turned(19, 40), pointwise(5, 20, 7, 7, 1), pointwise(515, 17, 3, 8, 1), pointwise(3, 16, 9, 7, 2),
                pointwise(4, 17, 9, 9, 3), pointwise(2, 135, 2, 12, 1),
                windows(3, 20, 5, 7), windows(58, 16, 4, 5), windows(1, 136, 20, 14));
    }

    /// `x @ transpose(w)`
    private static Graph turned(int inner, int columns) {
        Builder b = new Builder("turned");
        Value x = b.input("x", Role.DATA, new TensorType(ElementType.F32, Shape.of(Examples.BATCH, Dim.of(inner))));
        Value w = b.input("w", Role.PARAMETER, TensorType.f32(columns, inner));
        b.output("y", Role.RESULT, b.add(new Contraction(List.of(0, 1), List.of(2, 1), List.of(0, 2)), x, w));
        return b.build();
    }

    /// One tap: positions in whole groups of columns, or one, two and four columns more, whose sums are turned; every position, every second or third.
    private static Graph pointwise(int channels, int filters, int height, int width, int stride) {
        Builder b = new Builder("pointwise");
        Value x = b.input("x", Role.DATA,
                new TensorType(ElementType.F32, Shape.of(Examples.BATCH, Dim.of(channels), Dim.of(height), Dim.of(width))));
        Value w = b.input("w", Role.PARAMETER, TensorType.f32(filters, channels));
        Value lines = stride == 1 ? x : b.add(new Slice(2, 0, Dim.of((height - 1) / stride + 1), stride), x);
        Value taken = stride == 1 ? x : b.add(new Slice(3, 0, Dim.of((width - 1) / stride + 1), stride), lines);
        Value y = b.add(new Contraction(List.of(0, 1, 2, 3), List.of(4, 1), List.of(0, 4, 2, 3)), taken, w);
        b.output("y", Role.RESULT, b.times(y, y));
        return b.build();
    }

    /// Windows of 3 by 3 with a border of one.
    private static Graph windows(int channels, int filters, int height, int width) {
        Builder b = new Builder("windows");
        Value x = b.input("x", Role.DATA,
                new TensorType(ElementType.F32, Shape.of(Examples.BATCH, Dim.of(channels), Dim.of(height), Dim.of(width))));
        Value w = b.input("w", Role.PARAMETER, TensorType.f32(filters, channels, 3, 3));
        Value rows = b.add(new Window(2, Dim.of(height), 3, 1, 1, -1, 1, false, 0), x);
        Value both = b.add(new Window(4, Dim.of(width), 3, 1, 1, -1, 1, false, 0), rows);
        Value y = b.add(new Contraction(List.of(0, 1, 2, 3, 4, 5), List.of(6, 1, 3, 5), List.of(0, 6, 2, 4)), both, w);
        b.output("y", Role.RESULT, b.times(y, y));
        return b.build();
    }

    /// `x * gain / sqrt(variance)`
    private static Graph normalised() {
        Builder b = new Builder("normalised");
        TensorType rows = new TensorType(ElementType.F32, Shape.of(Examples.BATCH, Dim.of(5)));
        Value x = b.input("x", Role.DATA, rows);
        Value gain = b.input("gain", Role.PARAMETER, TensorType.f32(5));
        Value variance = b.input("variance", Role.STATE, TensorType.f32(5));
        Value factor = b.over(gain, b.add(new Sqrt(), variance));
        b.output("y", Role.RESULT, b.times(x, b.add(new Broadcast(rows.shape(), List.of(1)), factor)));
        return b.build();
    }

    @ParameterizedTest
    @MethodSource("products")
    void bothProgramsTogetherComputeWhatTheOneDid(Graph graph) {
        Settle settle = new Settle();
        Graph rest = settle.predict(graph);
        assertEquals(List.of(Role.SETTLED), rest.inputs().stream().map(Graph.Input::role).filter(Role.SETTLED::equals).toList());
        together(graph, settle.program().orElseThrow(), rest);
    }

    @ParameterizedTest
    @MethodSource("products")
    void noTargetChangesABitOfAProductWithPanels(Graph graph) {
        Graph rest = new Settle().predict(graph);
        LowerTest.agree(rest, 5);
        LowerTest.sameBits(rest, 9);
        LowerTest.compiled(rest, List.of(2, 11));
    }

    @Test
    void whatDependsOnWeightsAloneIsComputedOnce() {
        Settle settle = new Settle();
        Graph rest = settle.predict(normalised());
        assertEquals(List.of("broadcast", "multiply"), rest.equations().stream().map(equation -> equation.op().mnemonic()).toList());
        together(normalised(), settle.program().orElseThrow(), rest);
    }

    @Test
    void programsThatNeedTheSameShareIt() {
        Settle settle = new Settle();
        settle.predict(Examples.product(Dim.of(3), 515, 70));
        settle.predict(Examples.product(Examples.BATCH, 515, 70));
        assertEquals(1, settle.program().orElseThrow().outputs().size());
    }

    @Test
    void aProgramWithNothingToSettleStaysAsItIs() {
        Settle settle = new Settle();
        settle.predict(Examples.product(Examples.BATCH, 1030, 3));
        assertTrue(settle.program().isEmpty());
    }

    private static void together(Graph graph, Graph program, Graph rest) {
        List<Tensor> inputs = Examples.inputs(graph, 3);
        Map<String, Tensor> known = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            known.put(graph.inputs().get(i).name(), inputs.get(i));
        }
        List<Tensor> made = Interpreter.run(program, program.inputs().stream().map(input -> known.get(input.name())).toList());
        for (int i = 0; i < made.size(); i++) {
            known.put(program.outputs().get(i).name(), made.get(i));
        }
        List<Tensor> expected = Interpreter.run(graph, inputs);
        List<Tensor> found = Interpreter.run(rest, rest.inputs().stream().map(input -> known.get(input.name())).toList());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i).data(), found.get(i).data());
        }
    }
}
