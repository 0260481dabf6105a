package nnet.compiler.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import nnet.compiler.expand.Expand;
import nnet.compiler.loop.LoopInterpreter;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.loop.Memory;
import nnet.compiler.lower.Lower;
import nnet.compiler.optimise.Optimise;
import nnet.compiler.plan.Plan;
import nnet.compiler.schedule.Target;
import nnet.compiler.tensor.Batch;
import nnet.compiler.tensor.BatchSum;
import nnet.compiler.tensor.Examples;
import nnet.compiler.tensor.Examples.Example;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Orthonormalize;
import nnet.compiler.tensor.RandomUniform;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.type.Dim;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation of the registry, compiled: near the tensor interpreter, and bit for bit the loop interpreter in all forms.
class CompiledOperationsTest {

    private static final Dim BATCH = Dim.symbol("batch");

    private static List<Example> examples() {
        // Batching replaces a batch sum.
        return Examples.all().stream().filter(example -> !(example.op() instanceof BatchSum)).toList();
    }

    private static List<Example> batchable() {
        return Examples.all().stream().filter(example -> !(example.op() instanceof Orthonormalize)).toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void oneExample(Example example) {
        // What disappears before lowering, as a stopped gradient, does so here.
        compare(Optimise.optimise(example.graph()), example.operands(), 1);
    }

    @ParameterizedTest
    @MethodSource("batchable")
    void aBatchOfThree(Example example) {
        Graph graph = example.graph();
        Graph shared = new Graph(graph.name(), graph.inputs().stream().map(input -> withRole(input, example)).toList(), graph.equations(),
                graph.outputs().stream().map(output -> new Graph.Output(output.name(), role(example), output.value())).toList());
        List<Tensor> operands = example.operands().stream()
                .map(operand -> example.op() instanceof RandomUniform ? operand : repeated(operand)).toList();
        compare(Optimise.optimise(Batch.batch(shared, BATCH)), operands, 3);
    }

    /// The key of a generator is the same for all examples.
    private static Graph.Input withRole(Graph.Input input, Example example) {
        return new Graph.Input(input.name(), example.op() instanceof RandomUniform ? Role.CONTROL : Role.DATA, input.value());
    }

    /// A sum over the batch belongs to no example.
    private static Role role(Example example) {
        return example.op() instanceof BatchSum ? Role.RESULT : Role.DATA;
    }

    private static Tensor repeated(Tensor operand) {
        int size = operand.data().length;
        double[] data = IntStream.range(0, 3 * size).mapToDouble(i -> operand.data()[(i + i / size) % size]).toArray();
        return new Tensor(operand.type().withShape(operand.type().shape().prepend(Dim.of(3))), data);
    }

    private static void compare(Graph graph, List<Tensor> inputs, int batch) {
        LoopProgram program = Plan.plan(Expand.expand(Lower.lower(graph, Target.VECTOR256)));
        Map<String, Integer> symbols = program.symbols().contains("batch") ? Map.of("batch", batch) : Map.of();
        Compiled.Filling filling = memory -> IntStream.range(0, inputs.size())
                .forEach(i -> storage(program, graph.inputs().get(i).name())
                        .ifPresent(storage -> write(memory, storage, inputs.get(i).data())));
        Compiled.assertSameBits(program, symbols, filling);

        Memory memory = Memory.of(program, symbols);
        filling.fill(memory);
        LoopInterpreter.run(program, memory);
        List<Tensor> expected = Interpreter.run(graph, inputs.stream().map(CompiledOperationsTest::rounded).toList());
        for (int k = 0; k < expected.size(); k++) {
            Storage storage = storage(program, graph.outputs().get(k).name()).orElseThrow();
            for (int i = 0; i < expected.get(k).data().length; i++) {
                double value = expected.get(k).data()[i];
                // Single precision: a few rounded operations, functions within some ulp.
                assertEquals(value, read(memory, storage, i), 4e-6 * Math.max(1, Math.abs(value)), storage.name() + " " + i);
            }
        }
    }

    /// What a compiled program can read.
    private static Tensor rounded(Tensor tensor) {
        return new Tensor(tensor.type(), IntStream.range(0, tensor.data().length).mapToDouble(i -> (float) tensor.data()[i]).toArray());
    }

    private static Optional<Storage> storage(LoopProgram program, String name) {
        return program.storages().stream().filter(storage -> storage.role().isPresent() && storage.name().equals(name)).findFirst();
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

    private static double read(Memory memory, Storage storage, int i) {
        return switch (storage.element()) {
            case F32 -> memory.f32(storage)[i];
            case F64 -> memory.f64(storage)[i];
            case I32, BOOL -> memory.i32(storage)[i];
        };
    }
}
