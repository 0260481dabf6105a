package nnet.compiler.lower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnet.compiler.emit.Compiled;
import nnet.compiler.expand.Expand;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.LoopInterpreter;
import nnet.compiler.loop.LoopInterpreter.Order;
import nnet.compiler.loop.LoopPrinter;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.loop.LoopVerifier;
import nnet.compiler.loop.Memory;
import nnet.compiler.optimise.Optimise;
import nnet.compiler.plan.Plan;
import nnet.compiler.schedule.Target;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Reader;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.type.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LowerTest {

    private static final List<Target> TARGETS = List.of(Target.SCALAR, Target.VECTOR128, Target.VECTOR256, Target.VECTOR512);

    static Stream<Graph> graphs() {
        return Stream.of(Examples.all(), ScanExamples.all(), List.of(Optimise.optimise(ScanExamples.lstmGradient()))).flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void aLoweredGraphComputesWhatTheGraphDoes(Graph graph) {
        for (int batch : List.of(1, 5, 21)) {
            agree(graph, batch);
        }
    }

    static void agree(Graph graph, int batch) {
        List<Tensor> inputs = Examples.inputs(graph, batch);
        List<Tensor> expected = Interpreter.run(graph, inputs);
        List<double[]> actual = run(graph, Target.VECTOR512, batch, Order.ASCENDING);
        for (int i = 0; i < expected.size(); i++) {
            String name = graph.name() + "." + graph.outputs().get(i).name();
            for (int j = 0; j < expected.get(i).data().length; j++) {
                double value = expected.get(i).data()[j];
                // Single precision: sums of up to 1,100 rounded products.
                assertEquals(value, actual.get(i)[j], 2e-5 * Math.max(1, Math.abs(value)), name + " " + j);
            }
        }
    }

    @Test
    void aBatchMayBeLongerThanAChunkOfTheContractedAxis() {
        agree(Examples.weightGradient(6, 5), 1100);
        sameBits(Examples.weightGradient(6, 5), 1100);
    }

    @Test
    void aBatchMayBeLongerThanABlockOfRows() {
        agree(Examples.product(Examples.BATCH, 9, 70), 200);
        sameBits(Examples.product(Examples.BATCH, 9, 70), 200);
    }

    /// In strips as wide as a tile each line of what it reads would be waited for. Tiles of one row, as in plain code, are no strips.
    @Test
    void anEpilogueThatReadsAnArrayAlongRunsOverTheBlock() {
        assertTrue(hasEpilogueOverTheBlock(epilogue("multiply(%3, %2)"), Target.VECTOR256));
        assertFalse(hasEpilogueOverTheBlock(epilogue("multiply(%3, %2)"), Target.SCALAR));
        assertFalse(hasEpilogueOverTheBlock(epilogue("multiply(%3, %3)"), Target.VECTOR256));
        sameBits(epilogue("multiply(%3, %2)"), 9);
    }

    private static boolean hasEpilogueOverTheBlock(Graph graph, Target target) {
        return LoopPrinter.print(Lower.lower(graph, target)).contains("section epilogue");
    }

    /// A product %3, and what becomes of it; %2 is as large.
    private static Graph epilogue(String equation) {
        return Reader.read("""
                graph epilogue {
                  input %0 x: data f32[batch, 20]
                  input %1 w: parameter f32[20, 70]
                  input %2 slope: data f32[batch, 70]
                  %3 = contraction(%0, %1) left=[0, 1] right=[1, 2] result=[0, 2] : f32[batch, 70]
                  %4 = EQUATION : f32[batch, 70]
                  output y: result %4
                }
                """.replace("EQUATION", equation));
    }

    /// What is packed of the rows is packed for each panel of columns: fewer and wider panels, where enough are left for threads.
    @Test
    void aWeightGradientOfManyColumnsHasWidePanels() {
        assertEquals(Expr.i32(5), parts(turned(40, 520)));
        assertEquals(Expr.i32(4), parts(turned(40, 256)));
        sameBits(turned(40, 520), 9);
        compiled(turned(40, 520), List.of(11));
    }

    private static Expr parts(Graph graph) {
        return ((KernelCall) Lower.lower(graph, Target.VECTOR256).commands().getFirst()).kernel().extent();
    }

    private static Graph turned(int rows, int columns) {
        return Reader.read("""
                graph turned {
                  input %%0 h: parameter f32[batch, %1$d]
                  input %%1 d: parameter f32[batch, %2$d]
                  %%2 = contraction(%%0, %%1) left=[0, 1] right=[0, 2] result=[1, 2] : f32[%1$d, %2$d]
                  output dw: result %%2
                }
                """.formatted(rows, columns));
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void noTargetAndNoOrderChangesABit(Graph graph) {
        sameBits(graph, 9);
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void compiledCodeComputesTheBitsOfTheInterpreter(Graph graph) {
        compiled(graph, List.of(2, 11));
    }

    @Test
    void aMapWritesOverAnOperandThatNothingNeedsAfterIt() {
        assertEquals(1, inPlace(Examples.centred(false)));
        assertEquals(0, inPlace(Examples.centred(true)));
    }

    /// y = x w, then x's sum with the product of a product, as in a residual block: the sum takes the place of x where nothing else needs x.
    private static Graph residual(String more) {
        return Reader.read("""
                graph residual {
                  input %0 image: data f32[batch, 30, 41]
                  input %1 weight: parameter f32[30, 30]
                  %2 = contraction(%0, %1) left=[0, 1, 2] right=[3, 1] result=[0, 3, 2] : f32[batch, 30, 41]
                  %3 = contraction(%2, %1) left=[0, 1, 2] right=[3, 1] result=[0, 3, 2] : f32[batch, 30, 41]
                  %4 = contraction(%3, %1) left=[0, 1, 2] right=[3, 1] result=[0, 3, 2] : f32[batch, 30, 41]
                  %5 = add(%4, %2) : f32[batch, 30, 41]
                  %6 = contraction(%5, %1) left=[0, 1, 2] right=[3, 1] result=[0, 3, 2] : f32[batch, 30, 41]
                  output y: data %6
                """ + more + "}\n");
    }

    @Test
    void aProductWritesOverWhatIsAddedToItWhereNothingNeedsThatAfterIt() {
        Graph inPlace = residual("");
        Graph apart = residual("  output kept: data %2\n");
        assertEquals(1, inPlace(inPlace));
        assertEquals(0, inPlace(apart));
        compiled(inPlace, List.of(1, 3));
        for (Target target : TARGETS) {
            for (Order order : Order.values()) {
                assertArrayEquals(run(apart, target, 2, order).getFirst(), run(inPlace, target, 2, order).getFirst(), target.name());
            }
        }
    }

    /// Calls that write over what they read.
    private static long inPlace(Graph graph) {
        return Lower.lower(graph, Target.VECTOR512).calls().stream()
                .filter(call -> call.arguments().stream().map(argument -> argument.storage().id()).distinct().count() < call.arguments()
                        .size())
                .count();
    }

    static void compiled(Graph graph, List<Integer> batches) {
        batches.forEach(batch -> compiled(graph, Examples.inputs(graph, batch), batch));
    }

    static void compiled(Graph graph, List<Tensor> inputs, int batch) {
        for (Target target : TARGETS) {
            LoopProgram program = Plan.plan(Expand.expand(Lower.lower(graph, target)));
            Compiled.assertSameBits(program, List.of(target), Map.of("batch", batch), memory -> fill(program, graph, memory, inputs));
        }
    }

    private static void fill(LoopProgram program, Graph graph, Memory memory, List<Tensor> inputs) {
        for (int i = 0; i < inputs.size(); i++) {
            write(memory, storage(program, graph.inputs().get(i).role(), graph.inputs().get(i).name()), inputs.get(i).data());
        }
    }

    static void sameBits(Graph graph, int batch) {
        List<double[]> expected = run(graph, Target.SCALAR, batch, Order.ASCENDING);
        for (Target target : TARGETS) {
            for (Order order : Order.values()) {
                List<double[]> actual = run(graph, target, batch, order);
                for (int i = 0; i < expected.size(); i++) {
                    assertArrayEquals(expected.get(i), actual.get(i), graph.name() + "." + graph.outputs().get(i).name() + " " + target);
                }
            }
        }
    }

    private static List<double[]> run(Graph graph, Target target, int batch, Order order) {
        return run(graph, Examples.inputs(graph, batch), target, batch, order);
    }

    static List<double[]> run(Graph graph, List<Tensor> inputs, Target target, int batch, Order order) {
        LoopProgram program = LoopVerifier.verify(Plan.plan(Expand.expand(LoopVerifier.verify(Lower.lower(graph, target)))));
        Memory memory = Memory.of(program, Map.of("batch", batch));
        fill(program, graph, memory, inputs);
        LoopInterpreter.run(program, memory, order);
        List<double[]> outputs = new ArrayList<>();
        for (Graph.Output output : graph.outputs()) {
            outputs.add(read(memory, storage(program, output.role(), output.name())));
        }
        return outputs;
    }

    private static Storage storage(LoopProgram program, Role role, String name) {
        return program.storages().stream()
                .filter(storage -> storage.role().equals(Optional.of(role)) && storage.name().equals(name)).findFirst()
                .orElseThrow();
    }

    private static void write(Memory memory, Storage storage, double[] data) {
        for (int i = 0; i < data.length; i++) {
            switch (storage.element()) {
                case F32 -> memory.f32(storage)[i] = (float) data[i];
                case F64 -> memory.f64(storage)[i] = data[i];
                case I32, BOOL -> memory.i32(storage)[i] = (int) data[i];
            }
        }
    }

    private static double[] read(Memory memory, Storage storage) {
        return IntStream.range(0, memory.size(storage)).mapToDouble(i -> storage.element() == ElementType.F32
                ? memory.f32(storage)[i]
                : storage.element() == ElementType.F64 ? memory.f64(storage)[i] : memory.i32(storage)[i]).toArray();
    }
}
