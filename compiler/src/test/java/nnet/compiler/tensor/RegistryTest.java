package nnet.compiler.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnet.compiler.tensor.Examples.Example;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation of the registry keeps all of its promises on its examples.
class RegistryTest {

    private static List<Example> examples() {
        return Examples.all();
    }

    private static List<Example> batchable() {
        return examples().stream().filter(example -> !(example.op() instanceof Orthonormalize) && !example.operands().isEmpty()).toList();
    }

    private static List<Example> differentiable() {
        return examples().stream().filter(Example::differentiable).toList();
    }

    @Test
    void everyOperationHasAnExample() {
        Set<Class<?>> shown = examples().stream().map(example -> example.op().getClass()).collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>(new TreeMap<>(Attributes.REGISTRY).keySet());
        missing.removeIf(name -> shown.contains(Attributes.REGISTRY.get(name)));
        assertEquals(Set.of(), missing);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theNameInTextIsThatOfTheRecord(Example example) {
        assertEquals(example.op().getClass(), Attributes.REGISTRY.get(example.op().mnemonic()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theShapeRuleGivesTheShapesThatEvaluateMakes(Example example) {
        List<TensorType> expected = example.op().infer(example.types());
        List<Tensor> results = example.op().evaluate(example.operands(), expected);
        assertEquals(expected, results.stream().map(Tensor::type).toList());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void printsAndReadsBack(Example example) {
        String text = Printer.print(example.graph());
        Graph read = Verifier.verify(Reader.read(text));
        assertEquals(text, Printer.print(read));
        assertEquals(example.op().getClass(), read.equations().getFirst().op().getClass());
    }

    /// Three examples in one batch, each operand batched or not, give what each gives alone.
    @ParameterizedTest
    @MethodSource("batchable")
    void aBatchIsALoopOverExamples(Example example) {
        int operands = example.operands().size();
        for (int mask = 1; mask < 1 << Math.min(operands, 3); mask++) {
            int chosen = mask;
            List<Boolean> batched = IntStream.range(0, operands).mapToObj(i -> (chosen >> i & 1) == 1).toList();
            if (!(example.op() instanceof RandomUniform || example.op() instanceof BatchSum)) {
                batchIsLoop(example, batched);
            }
        }
    }

    private static void batchIsLoop(Example example, List<Boolean> batched) {
        Graph graph = example.graph();
        Graph batch = Verifier
                .verify(Batch.batch(graph, Dim.symbol("batch"), input -> batched.get(graph.inputs().indexOf(input)), _ -> true));
        List<List<Tensor>> alone = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            alone.add(varied(example.operands(), batched, i));
        }
        List<Tensor> together = new ArrayList<>();
        for (int k = 0; k < batched.size(); k++) {
            int operand = k;
            together.add(
                    batched.get(k) ? stack(alone.stream().map(operands -> operands.get(operand)).toList()) : example.operands().get(k));
        }
        List<Tensor> results = Interpreter.run(batch, together);
        for (int i = 0; i < 3; i++) {
            List<Tensor> expected = Interpreter.run(graph, alone.get(i));
            for (int k = 0; k < expected.size(); k++) {
                assertArrayEquals(expected.get(k).data(), results.get(k).element(i).data(), 1e-12, batched + ", example " + i);
            }
        }
    }

    /// Operands of the i-th example: what is batched is moved round by i elements, so that examples differ and stay in the domain of the operation.
    private static List<Tensor> varied(List<Tensor> operands, List<Boolean> batched, int i) {
        List<Tensor> varied = new ArrayList<>();
        for (int k = 0; k < operands.size(); k++) {
            List<Double> data = new ArrayList<>(Arrays.stream(operands.get(k).data()).boxed().toList());
            Collections.rotate(data, batched.get(k) ? i : 0);
            varied.add(new Tensor(operands.get(k).type(), data.stream().mapToDouble(Double::doubleValue).toArray()));
        }
        return varied;
    }

    private static Tensor stack(List<Tensor> parts) {
        TensorType type = parts.getFirst().type();
        double[] data = parts.stream().flatMapToDouble(part -> Arrays.stream(part.data())).toArray();
        return new Tensor(type.withShape(type.shape().prepend(Dim.of(parts.size()))), data);
    }

    /// The pullback of cotangents c agrees with central differences of c . op(x).
    @ParameterizedTest
    @MethodSource("differentiable")
    void thePullbackIsTheDifferenceQuotient(Example example) {
        Builder builder = Builder.of(example.graph());
        Graph forward = builder.build();
        List<Value> inputs = forward.inputs().stream().map(Graph.Input::value).toList();
        Equation equation = forward.equations().getFirst();
        List<Optional<Value>> seeds = new ArrayList<>();
        List<Tensor> cotangents = new ArrayList<>();
        for (Value result : equation.results()) {
            seeds.add(Optional.of(builder.input("c" + seeds.size(), Role.DATA, result.type())));
            Tensor cotangent = Tensor.zeros(result.type());
            Arrays.setAll(cotangent.data(), i -> Math.cos(3 * i + 1));
            cotangents.add(cotangent);
        }
        List<Optional<Value>> pulled = equation.op().pullback(builder, equation, seeds);
        assertEquals(inputs.size(), pulled.size());
        for (int k = 0; k < inputs.size(); k++) {
            if (pulled.get(k).isPresent()) {
                assertEquals(inputs.get(k).type(), pulled.get(k).get().type());
                builder.output("d" + k, Role.DATA, pulled.get(k).get());
            }
        }
        Graph graph = Verifier.verify(builder.build());
        List<Tensor> arguments = Stream.concat(example.operands().stream(), cotangents.stream()).toList();
        List<Tensor> outputs = Interpreter.run(graph, arguments);
        for (int k = 0, output = equation.results().size(); k < inputs.size(); k++) {
            Optional<Tensor> gradient = pulled.get(k).isPresent() ? Optional.of(outputs.get(output++)) : Optional.empty();
            compare(example, cotangents, k, gradient);
        }
    }

    private static void compare(Example example, List<Tensor> cotangents, int operand, Optional<Tensor> gradient) {
        Tensor x = example.operands().get(operand);
        boolean isConstant = !x.type().element().isFloating();
        for (int i = 0; i < x.data().length && !isConstant; i++) {
            double difference = (product(example, cotangents, operand, i, 1e-6) - product(example, cotangents, operand, i, -1e-6)) / 2e-6;
            double found = gradient.isPresent() ? gradient.get().data()[i] : 0;
            assertTrue(Math.abs(found - difference) <= 1e-5 + 1e-3 * Math.abs(difference),
                    "operand " + operand + " element " + i + ": " + found + " is not " + difference);
        }
    }

    private static double product(Example example, List<Tensor> cotangents, int operand, int element, double change) {
        List<Tensor> operands = new ArrayList<>(example.operands());
        double[] data = operands.get(operand).data().clone();
        data[element] += change;
        operands.set(operand, new Tensor(operands.get(operand).type(), data));
        List<Tensor> results = Interpreter.run(example.graph(), operands);
        double product = 0;
        for (int k = 0; k < results.size(); k++) {
            for (int i = 0; i < results.get(k).data().length; i++) {
                product += cotangents.get(k).data()[i] * results.get(k).data()[i];
            }
        }
        return product;
    }
}
