package nnet.compiler.optimise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import nnet.compiler.differentiate.Differentiate;
import nnet.compiler.tensor.Abs;
import nnet.compiler.tensor.Add;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Compare;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Divide;
import nnet.compiler.tensor.Examples;
import nnet.compiler.tensor.Examples.Example;
import nnet.compiler.tensor.Exp;
import nnet.compiler.tensor.Gather;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Log;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Maximum;
import nnet.compiler.tensor.Minimum;
import nnet.compiler.tensor.Negate;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Power;
import nnet.compiler.tensor.Printer;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Reverse;
import nnet.compiler.tensor.Select;
import nnet.compiler.tensor.Sigmoid;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.Softplus;
import nnet.compiler.tensor.StopGradient;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Tanh;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Verifier;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever the rewrites do, the graph means the same.
class OptimiseTest {

    private static List<Example> examples() {
        return Examples.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyOperationKeepsItsMeaning(Example example) {
        sameMeaning(example.graph(), Optimise::optimise, example.operands());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void randomGraphsAndTheirGradientsKeepTheirMeaning(int seed) {
        for (int i = 0; i < 60; i++) {
            Graph graph = new RandomGraph(new Random(1000L * seed + i)).build();
            List<Tensor> inputs = List.of(Examples.tensor(k -> 0.7 * Math.sin(1 + 2.1 * k), 3, 4),
                    Examples.tensor(k -> Math.cos(3 * k), 3, 4),
                    Examples.tensor(k -> 0.3 + 0.1 * k, 4), Examples.integers(k -> k, 3));
            sameMeaning(graph, Optimise::simplify, inputs);
            sameMeaning(graph, Optimise::optimise, inputs);
            UnaryOperator<Graph> gradients = each -> Differentiate.gradients(each, "loss", List.of("a", "b", "c"));
            Graph plain = gradients.apply(graph);
            sameMeaning(plain, Optimise::optimise, inputs);
            same(plain, Optimise.optimise(gradients.apply(Optimise.simplify(graph))), inputs);
        }
    }

    @Test
    void whatIsOptimisedStaysAsItIs() {
        for (int i = 0; i < 50; i++) {
            Graph once = Optimise.optimise(new RandomGraph(new Random(i)).build());
            assertEquals(Printer.print(once), Printer.print(Optimise.optimise(once)));
        }
    }

    private static void sameMeaning(Graph graph, UnaryOperator<Graph> pass, List<Tensor> inputs) {
        same(graph, pass.apply(graph), inputs);
    }

    private static void same(Graph graph, Graph other, List<Tensor> inputs) {
        Verifier.verify(other);
        List<Tensor> expected = Interpreter.run(graph, inputs);
        List<Tensor> actual = Interpreter.run(other, inputs);
        for (int k = 0; k < expected.size(); k++) {
            for (int i = 0; i < expected.get(k).data().length; i++) {
                double e = expected.get(k).data()[i];
                double a = actual.get(k).data()[i];
                boolean agree = Double.compare(e, a) == 0 || Math.abs(e - a) <= 1e-9 * (1 + Math.abs(e)) || !Double.isFinite(e);
                assertTrue(agree, () -> graph.outputs() + ": " + e + " became " + a + "\n" + Printer.print(graph) + Printer.print(other));
            }
        }
    }

    /// A graph of random operations on [3, 4] and the shapes that come of it, with a scalar loss.
    private static final class RandomGraph {
        private static final Shape SHAPE = Shape.of(3, 4);
        private final Random random;
        private final Builder b = new Builder("random");
        private final List<Value> pool = new ArrayList<>();
        private Value c;
        private Value index;

        RandomGraph(Random random) {
            this.random = random;
        }

        Graph build() {
            pool.add(b.input("a", Role.PARAMETER, TensorType.f32(3, 4)));
            pool.add(b.input("b", Role.PARAMETER, TensorType.f32(3, 4)));
            c = b.input("c", Role.PARAMETER, TensorType.f32(4));
            index = b.input("index", Role.DATA, new TensorType(ElementType.I32, Shape.of(3)));
            for (int i = 0; i < 12; i++) {
                pool.add(step());
            }
            b.output("y", Role.DATA, pool.getLast());
            b.output("loss", Role.RESULT, b.add(new Sum(List.of(0, 1)), b.add(new Tanh(), b.plus(pool.getLast(), pick()))));
            return b.build();
        }

        private Value pick() {
            return pool.get(random.nextInt(Math.max(0, pool.size() - 5), pool.size()));
        }

        private Value step() {
            Value x = pick();
            Value y = pick();
            return switch (random.nextInt(24)) {
                case 0 -> b.plus(x, y);
                case 1 -> b.minus(x, y);
                case 2 -> b.times(x, y);
                case 3 -> b.over(x, b.plus(b.like(y, 2), b.add(new Abs(), y)));
                case 4, 5 -> b.negate(x);
                case 6 -> constant(x, random.nextInt(-2, 3));
                case 7 -> b.add(oneOf(new Tanh(), new Sigmoid(), new Softplus(), new Abs()), x);
                case 8 ->
                    b.add(new Transpose(List.of(1, 0)), b.add(oneOf(new Tanh(), new Negate()), b.add(new Transpose(List.of(1, 0)), x)));
                case 9 -> b.add(new Reshape(SHAPE), b.add(new Reshape(Shape.of(2, 6)), x));
                case 10 -> b.times(x, b.broadcast(c, SHAPE));
                case 11 -> spread(b.add(new Sum(List.of(1)), x), 0);
                case 12 -> spread(b.add(new Max(List.of(0)), x), 1);
                case 13 -> softmax(x);
                case 14 -> b.add(new Log(), softmax(x));
                case 15 -> binaryCrossEntropy(x, y);
                case 16 ->
                    b.add(new Contraction(List.of(0, 1), List.of(2, 1), List.of(0, 2)), x, b.add(new Reshape(Shape.of(4, 4)), four(y)));
                case 17 -> spread(b.add(new Gather(1), b.add(oneOf(new Tanh(), new Negate()), x), index), 0);
                case 18 -> spread(b.negate(b.add(new Log(), b.add(new Gather(1), softmax(x), index))), 0);
                case 19 -> b.add(new Power(), b.plus(b.like(x, 0.5), b.add(new Abs(), x)),
                        b.like(x, List.of(2.0, 0.5, -1.0, 3.0, -0.5, 1.5).get(random.nextInt(6))));
                case 20 -> b.add(oneOf(new Maximum(), new Minimum()), x, y);
                case 21 -> b.select(b.compare(Compare.Relation.LESS, x, y), x, b.negate(y));
                case 22 -> b.add(new Reverse(1), b.add(new Reverse(1), b.add(new Exp(), b.add(new Tanh(), x))));
                default -> b.over(b.times(x, b.like(x, 3)), b.like(x, -1.5));
            };
        }

        private Value constant(Value x, double value) {
            return b.add(oneOf(new Add(), new Divide()), x, b.like(x, value == 0 ? -0.5 : value));
        }

        /// [3] or [4] repeated to [3, 4].
        private Value spread(Value x, int axis) {
            return b.add(new Broadcast(SHAPE, List.of(axis)), x);
        }

        /// [4, 4] elements from [3, 4].
        private Value four(Value x) {
            Value row = b.add(new Slice(0, 1, Dim.of(1), 1), x);
            return b.add(new nnet.compiler.tensor.Concatenate(0), x, row);
        }

        private Value softmax(Value x) {
            Value e = b.add(new Exp(), random.nextBoolean() ? x : b.minus(x, spread(b.add(new Max(List.of(1)), x), 0)));
            return b.over(e, spread(b.add(new Sum(List.of(1)), e), 0));
        }

        private Value binaryCrossEntropy(Value x, Value t) {
            Value one = b.add(new Constant(x.type(), 1));
            Value p = random.nextBoolean() ? b.add(new Sigmoid(), x) : b.over(one, b.plus(one, b.add(new Exp(), b.negate(x))));
            Value target = b.add(new StopGradient(), t);
            Value yes = b.times(target, b.add(new Log(), p));
            return b.negate(b.plus(yes, b.times(b.minus(one, target), b.add(new Log(), b.minus(one, p)))));
        }

        private Op oneOf(Op... ops) {
            return ops[random.nextInt(ops.length)];
        }
    }

    @Test
    void aConditionThatIsKnownIsDecided() {
        Builder b = new Builder("decided");
        Value x = b.input("x", Role.DATA, TensorType.f32(2));
        Value truth = b.constant(new TensorType(ElementType.BOOL, Shape.of(2)), 1);
        b.output("y", Role.DATA, b.add(new Select(), truth, x, b.negate(x)));
        assertEquals(List.of(), Optimise.optimise(b.build()).equations());
    }
}
