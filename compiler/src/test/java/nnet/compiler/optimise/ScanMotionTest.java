package nnet.compiler.optimise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import nnet.compiler.lower.Examples;
import nnet.compiler.lower.ScanExamples;
import nnet.compiler.tensor.Add;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Concatenate;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Exp;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Pad;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.Sigmoid;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Tanh;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Verifier;
import nnet.compiler.type.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScanMotionTest {

    static List<Graph> graphs() {
        return ScanExamples.all();
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void aGraphKeepsItsMeaning(Graph graph) {
        List<Tensor> inputs = Examples.inputs(graph, 3);
        List<Tensor> expected = Interpreter.run(graph, inputs);
        Graph moved = ScanMotion.apply(graph, true);
        Verifier.verify(moved);
        List<Tensor> actual = Interpreter.run(moved, inputs);
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i).data(), actual.get(i).data(), 1e-12, graph.name());
        }
    }

    private static long products(List<Equation> equations) {
        return equations.stream().filter(equation -> equation.op() instanceof Contraction).count();
    }

    /// Of five products one is left in each scan; those of the input and of the weights' gradients are taken over all steps at once.
    @Test
    void aRecurrentCellHasOneProductInItsStep() {
        Graph graph = Optimise.optimise(ScanExamples.lstmGradient());
        List<Scan> scans = graph.equations().stream().map(Equation::op).filter(Scan.class::isInstance).map(Scan.class::cast).toList();
        assertEquals(List.of(1L, 1L), scans.stream().map(scan -> products(scan.body().equations())).toList());
        assertEquals(3, products(graph.equations()));
        assertEquals(List.of(2, 2), scans.stream().map(Scan::carries).toList());
    }

    @Test
    void functionsOfAStepAreKeptForThePullback() {
        Graph graph = Optimise.optimise(ScanExamples.wideGradient());
        List<Op> pulled = scans(graph).getLast().body().equations().stream().map(Equation::op).toList();
        assertEquals(0, pulled.stream().filter(op -> op instanceof Sigmoid || op instanceof Tanh).count());
    }

    @Test
    void theMatrixOfAStepLiesInGroupsOfColumns() {
        for (Scan scan : scans(Optimise.optimise(ScanExamples.wideGradient()))) {
            Equation product = scan.body().equations().stream().filter(one -> one.op() instanceof Contraction).findFirst().orElseThrow();
            assertEquals(16, product.operands().get(1).shape().dim(2).size());
        }
    }

    private static List<Scan> scans(Graph graph) {
        return graph.equations().stream().map(Equation::op).filter(Scan.class::isInstance).map(Scan.class::cast).toList();
    }

    @Test
    void aSumThatIsAddedToTwoTotalsIsTakenBehindTheScan() {
        Builder body = new Builder("step");
        Value a = body.input("a", Role.DATA, TensorType.f32());
        Value b = body.input("b", Role.DATA, TensorType.f32());
        Value h = body.input("h", Role.DATA, TensorType.f32(3));
        Value x = body.input("x", Role.DATA, TensorType.f32(3));
        Value next = body.times(h, x);
        Value sum = body.add(new Sum(List.of(0)), next);
        body.output("a", Role.DATA, body.plus(a, sum));
        body.output("b", Role.DATA, body.plus(sum, b));
        body.output("h", Role.DATA, next);
        Builder around = new Builder("totals");
        Value zero = around.constant(TensorType.f32(), 0);
        Value first = around.input("first", Role.DATA, TensorType.f32(3));
        Value all = around.input("x", Role.DATA, TensorType.f32(4, 3));
        around.addAll(new Scan(body.build(), 3, 1, false), List.of(zero, zero, first, all))
                .forEach(value -> around.output("result" + value.id(), Role.DATA, value));
        Graph moved = ScanMotion.apply(around.build(), true);
        assertEquals(1, scans(moved).getFirst().carries());
        List<Tensor> inputs = Examples.inputs(moved, 3);
        List<Tensor> expected = Interpreter.run(around.build(), inputs);
        List<Tensor> actual = Interpreter.run(moved, inputs);
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i).data(), actual.get(i).data(), 1e-12);
        }
    }

    @Test
    void theGatesOfTheGradientAreJoinedRatherThanAddedUp() {
        Graph graph = Optimise.optimise(ScanExamples.lstmGradient());
        Scan backwards = graph.equations().stream().map(Equation::op).filter(Scan.class::isInstance).map(Scan.class::cast)
                .filter(Scan::reverse).findFirst().orElseThrow();
        List<Op> ops = backwards.body().equations().stream().map(Equation::op).toList();
        assertEquals(1, ops.stream().filter(Concatenate.class::isInstance).count());
        assertEquals(0, ops.stream().filter(Pad.class::isInstance).count());
    }

    @Test
    void aScanThatCarriesNothingIsNoLoop() {
        Builder body = new Builder("step");
        Value x = body.input("x", Role.DATA, TensorType.f32(3));
        Value w = body.input("w", Role.DATA, TensorType.f32(3));
        body.output("y", Role.DATA, body.times(body.add(new Exp(), x), w));
        Builder b = new Builder("map");
        Value all = b.input("x", Role.DATA, TensorType.f32(4, 3));
        Value weight = b.input("w", Role.PARAMETER, TensorType.f32(3));
        b.output("y", Role.DATA, b.add(new Scan(body.build(), 0, 1, false), all, weight));
        Graph moved = ScanMotion.apply(b.build(), true);
        assertEquals(0, moved.equations().stream().filter(equation -> equation.op() instanceof Scan).count());
    }

    @Test
    void whatNobodyNeedsIsNotCarried() {
        Builder body = new Builder("step");
        Value a = body.input("a", Role.DATA, TensorType.f32(3));
        Value unused = body.input("b", Role.DATA, TensorType.f32(3));
        Value x = body.input("x", Role.DATA, TensorType.f32(3));
        body.output("a", Role.DATA, body.times(a, x));
        body.output("b", Role.DATA, body.add(new Exp(), body.plus(unused, a)));
        body.output("y", Role.DATA, body.plus(unused, x));
        Builder b = new Builder("partly");
        Value first = b.input("first", Role.DATA, TensorType.f32(3));
        Value all = b.input("x", Role.DATA, TensorType.f32(4, 3));
        b.output("last", Role.DATA, b.addAll(new Scan(body.build(), 2, 1, false), List.of(first, first, all)).getFirst());
        Scan left = (Scan) ScanMotion.apply(b.build(), true).equations().getFirst().op();
        assertEquals(1, left.carries());
        assertEquals(1, left.body().equations().size());
    }

    /// What the first step alone adds is no sequence; what another step adds is one.
    @ParameterizedTest
    @CsvSource({"true, 0, 3, 0", "false, 3, 0, 0", "true, 3, 0, 1", "false, 1, 2, 1"})
    void whatTheFirstStepAddsIsCarriedIntoIt(boolean reverse, int after, int before, int additions) {
        Builder body = new Builder("step");
        Value h = body.input("h", Role.DATA, TensorType.f32(3));
        Value x = body.input("x", Role.DATA, TensorType.f32(3));
        Value d = body.input("d", Role.DATA, TensorType.f32(3));
        body.output("h", Role.DATA, body.times(body.plus(h, d), x));
        Builder b = new Builder("last");
        Value first = b.input("first", Role.DATA, TensorType.f32(3));
        Value all = b.input("x", Role.DATA, TensorType.f32(4, 3));
        Value one = b.input("d", Role.DATA, TensorType.f32(3, 1));
        Value alone = b.add(new Transpose(List.of(1, 0)), b.add(new Pad(1, before, after, 0), one));
        b.output("last", Role.DATA, b.addAll(new Scan(body.build(), 1, 2, reverse), List.of(first, all, alone)).getFirst());
        Graph graph = b.build();
        Graph moved = ScanMotion.apply(graph, true);
        assertEquals(additions,
                scans(moved).getFirst().body().equations().stream().filter(equation -> equation.op() instanceof Add).count());
        List<Tensor> inputs = Examples.inputs(graph, 3);
        assertArrayEquals(Interpreter.run(graph, inputs).getFirst().data(), Interpreter.run(moved, inputs).getFirst().data());
    }
}
