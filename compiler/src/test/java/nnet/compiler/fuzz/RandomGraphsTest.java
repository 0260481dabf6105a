package nnet.compiler.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import nnet.compiler.differentiate.Differentiate;
import nnet.compiler.emit.Compiled;
import nnet.compiler.expand.Expand;
import nnet.compiler.loop.LoopInterpreter;
import nnet.compiler.loop.LoopInterpreter.Order;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.loop.LoopVerifier;
import nnet.compiler.loop.Memory;
import nnet.compiler.lower.Lower;
import nnet.compiler.optimise.Optimise;
import nnet.compiler.plan.Plan;
import nnet.compiler.schedule.Target;
import nnet.compiler.tensor.Batch;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.tensor.Verifier;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Another range of seeds: `-Dnnet.fuzz.from=1000 -Dnnet.fuzz.count=500`.
@DisplayName("A random network with its gradient")
class RandomGraphsTest {

    static LongStream seeds() {
        long from = Long.getLong("nnet.fuzz.from", 0);
        return LongStream.range(from, from + Long.getLong("nnet.fuzz.count", 8));
    }

    /// A network of `seed`, for one batch size.
    private record Case(Graph gradient, Graph optimised, int batch, List<Tensor> inputs) {

        static Case of(long seed) {
            Random random = new Random(seed);
            Graph example = Verifier.verify(RandomGraphs.graph(seed, 1 + random.nextInt(12)));
            List<String> parameters = example.inputs().stream().filter(input -> input.role() == Role.PARAMETER).map(Graph.Input::name)
                    .toList();
            Graph batched = Verifier.verify(Batch.batch(example, RandomGraphs.BATCH));
            Graph gradient = Verifier.verify(Differentiate.gradients(batched, "loss", parameters));
            Graph prepared = Verifier.verify(Optimise.simplify(batched));
            Graph optimised = Verifier.verify(Optimise.optimise(Differentiate.gradients(prepared, "loss", parameters)));
            int batch = 1 + random.nextInt(random.nextBoolean() ? 4 : 40);
            return new Case(gradient, optimised, batch, gradient.inputs().stream().map(input -> values(input, batch, random)).toList());
        }

        /// What is exact in single precision, of moderate size.
        private static Tensor values(Graph.Input input, int batch, Random random) {
            int[] sizes = input.value().shape().dims().stream().mapToInt(dim -> dim.size(Map.of("batch", batch))).toArray();
            ElementType element = input.value().type().element();
            double[] data = IntStream.range(0, IntStream.of(sizes).reduce(1, (p, q) -> p * q))
                    .mapToDouble(_ -> element == ElementType.F32 ? (float) (0.8 * random.nextGaussian()) : random.nextInt(3))
                    .toArray();
            return new Tensor(new TensorType(element, Shape.of(sizes)), data);
        }

        Memory memory(LoopProgram program) {
            Memory memory = Memory.of(program, Map.of("batch", batch));
            for (int i = 0; i < inputs.size(); i++) {
                Graph.Input input = gradient.inputs().get(i);
                double[] data = inputs.get(i).data();
                storage(program, input.role(), input.name()).ifPresent(storage -> {
                    for (int j = 0; j < data.length; j++) {
                        if (storage.element() == ElementType.F32) {
                            memory.f32(storage)[j] = (float) data[j];
                        } else {
                            memory.i32(storage)[j] = (int) data[j];
                        }
                    }
                });
            }
            return memory;
        }

        Map<String, float[]> outputs(LoopProgram program, Memory memory) {
            Map<String, float[]> outputs = new LinkedHashMap<>();
            for (Graph.Output output : optimised.outputs()) {
                Storage storage = storage(program, output.role(), output.name()).orElseThrow();
                outputs.put(output.name(), Arrays.copyOf(memory.f32(storage), memory.size(storage)));
            }
            return outputs;
        }

        private static Optional<Storage> storage(LoopProgram program, Role role, String name) {
            return program.storages().stream().filter(storage -> storage.role().equals(Optional.of(role)) && storage.name().equals(name))
                    .findFirst();
        }

        LoopProgram lowered(Target target) {
            LoopProgram lowered = LoopVerifier.verify(Lower.lower(optimised, target));
            return LoopVerifier.verify(Plan.plan(Expand.expand(lowered)));
        }

        Map<String, float[]> interpreted(Target target, Order order) {
            LoopProgram program = lowered(target);
            Memory memory = memory(program);
            LoopInterpreter.run(program, memory, order);
            return outputs(program, memory);
        }

        Map<String, float[]> compiled(Target target, boolean parallel) {
            LoopProgram program = lowered(target);
            Memory memory = memory(program);
            Compiled.run(Compiled.load(program, target), program, memory, parallel);
            return outputs(program, memory);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("keeps its values when it is optimised")
    void optimisedGraphsAgree(long seed) {
        Case c = Case.of(seed);
        Map<String, Tensor> expected = Interpreter.run(c.gradient, named(c.gradient, c.inputs));
        Map<String, Tensor> actual = Interpreter.run(c.optimised, named(c.gradient, c.inputs));
        expected.forEach((name, tensor) -> assertClose(name, tensor.data(), actual.get(name).data(), 1e-9));
    }

    private static Map<String, Tensor> named(Graph graph, List<Tensor> inputs) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            named.put(graph.inputs().get(i).name(), inputs.get(i));
        }
        return named;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("computes as kernels what it computes as a graph in double precision")
    void kernelsAgreeWithTheGraph(long seed) {
        Case c = Case.of(seed);
        Map<String, Tensor> expected = Interpreter.run(c.gradient, named(c.gradient, c.inputs));
        // Single precision through up to a hundred operations; values are moderate.
        c.interpreted(Target.SCALAR, Order.ASCENDING)
                .forEach((name, actual) -> assertClose(name, expected.get(name).data(), doubles(actual), 1e-3));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("gives the same bits for every target, order, and compiled form")
    void bitsAreTheSameEverywhere(long seed) {
        Case c = Case.of(seed);
        Map<String, float[]> expected = c.interpreted(Target.SCALAR, Order.ASCENDING);
        assertSameBits("descending", expected, c.interpreted(Target.VECTOR512, Order.DESCENDING));
        for (Target target : Compiled.TARGETS) {
            if (target != Target.SCALAR) {
                assertSameBits("interpreted for " + target.name(), expected, c.interpreted(target, Order.ASCENDING));
            }
            assertSameBits("compiled for " + target.name(), expected, c.compiled(target, false));
            assertSameBits("compiled for " + target.name() + " in parts", expected, c.compiled(target, true));
        }
    }

    private static void assertSameBits(String form, Map<String, float[]> expected, Map<String, float[]> actual) {
        expected.forEach((name, data) -> assertArrayEquals(data, actual.get(name), name + " " + form));
    }

    private static void assertClose(String name, double[] expected, double[] actual, double tolerance) {
        double scale = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(0));
        assertEquals(expected.length, actual.length, name);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], tolerance * scale, name + "[" + i + "]");
        }
    }

    private static double[] doubles(float[] data) {
        return IntStream.range(0, data.length).mapToDouble(i -> data[i]).toArray();
    }
}
