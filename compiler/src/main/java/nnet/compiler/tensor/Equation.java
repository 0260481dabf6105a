package nnet.compiler.tensor;

import java.util.List;

/// `results = op(operands)`. The span of an equation is that of its results.
public record Equation(List<Value> results, Op op, List<Value> operands) {

    public Equation {
        results = List.copyOf(results);
        operands = List.copyOf(operands);
    }

    /// The result, where there is one only.
    public Value result() {
        if (results.size() != 1) {
            throw new IllegalStateException(op + " has " + results.size() + " results");
        }
        return results.getFirst();
    }
}
