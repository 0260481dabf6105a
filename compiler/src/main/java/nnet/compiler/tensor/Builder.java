package nnet.compiler.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import nnet.compiler.source.Span;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Builds a graph equation by equation, checking each against the shape rule of its operation.
public final class Builder {

    private final String name;
    private final List<Graph.Input> inputs = new ArrayList<>();
    private final List<Equation> equations = new ArrayList<>();
    private final List<Graph.Output> outputs = new ArrayList<>();
    private int next;
    private Span span = Span.NONE;
    private String hint = "";

    public Builder(String name) {
        this.name = name;
    }

    /// A builder that goes on where a graph ends: everything in it is there already, with the same values.
    public static Builder of(Graph graph) {
        Builder builder = new Builder(graph.name());
        builder.inputs.addAll(graph.inputs());
        builder.equations.addAll(graph.equations());
        builder.outputs.addAll(graph.outputs());
        builder.next = Math.max(graph.inputs().stream().mapToInt(input -> input.value().id()).max().orElse(-1),
                graph.equations().stream().flatMap(equation -> equation.results().stream()).mapToInt(Value::id).max().orElse(-1)) + 1;
        return builder;
    }

    /// The place in the source that the following equations come from, and a name for people that their results get (may be empty).
    public Builder at(Span place, String valueHint) {
        span = place;
        hint = valueHint;
        return this;
    }

    public Value input(String inputName, Graph.Role role, TensorType type) {
        Value value = new Value(next++, type, inputName, span);
        inputs.add(new Graph.Input(inputName, role, value));
        return value;
    }

    public void output(String outputName, Graph.Role role, Value value) {
        outputs.add(new Graph.Output(outputName, role, value));
    }

    /// The result of an operation with one result.
    public Value add(Op op, Value... operands) {
        return addAll(op, List.of(operands)).getFirst();
    }

    public List<Value> addAll(Op op, List<Value> operands) {
        List<Value> results = new ArrayList<>();
        for (TensorType type : op.infer(operands.stream().map(Value::type).toList())) {
            results.add(new Value(next++, type, hint, span));
        }
        equations.add(new Equation(results, op, operands));
        return List.copyOf(results);
    }

    /// The number that the next value gets.
    public int nextId() {
        return next;
    }

    // What derivative and batching rules say often.

    /// One value everywhere.
    public Value constant(TensorType type, double value) {
        return add(new Constant(type, value));
    }

    /// One value everywhere, of the type of another.
    public Value like(Value other, double value) {
        return constant(other.type(), value);
    }

    public Value negate(Value a) {
        return add(new Negate(), a);
    }

    public Value plus(Value a, Value b) {
        return add(new Add(), a, b);
    }

    public Value minus(Value a, Value b) {
        return add(new Subtract(), a, b);
    }

    public Value times(Value a, Value b) {
        return add(new Multiply(), a, b);
    }

    public Value over(Value a, Value b) {
        return add(new Divide(), a, b);
    }

    /// `condition ? a : b`, element by element.
    public Value select(Value condition, Value a, Value b) {
        return add(new Select(), condition, a, b);
    }

    public Value compare(Compare.Relation relation, Value a, Value b) {
        return add(new Compare(relation), a, b);
    }

    /// The value repeated along new leading axes until it has `shape`.
    public Value broadcast(Value a, Shape shape) {
        int leading = shape.rank() - a.shape().rank();
        return leading == 0 ? a : add(new Broadcast(shape, IntStream.range(leading, shape.rank()).boxed().toList()), a);
    }

    /// The value with the batch as its first axis: itself if it has it, otherwise repeated.
    public Value batched(Dim batch, Value a, boolean isBatched) {
        return isBatched ? a : broadcast(a, a.shape().prepend(batch));
    }

    public List<Value> allBatched(Dim batch, List<Value> values, List<Boolean> areBatched) {
        return IntStream.range(0, values.size()).mapToObj(i -> batched(batch, values.get(i), areBatched.get(i))).toList();
    }

    public Graph build() {
        return new Graph(name, inputs, equations, outputs);
    }
}
