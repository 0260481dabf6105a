package nnet.compiler.tensor;

import java.util.ArrayList;
import java.util.List;
import nnet.compiler.source.Span;
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

    /// The place in the source that the following equations come from.
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

    public Graph build() {
        return new Graph(name, inputs, equations, outputs);
    }
}
