package nnet.compiler.model;

import java.util.List;
import nnet.compiler.source.Span;
import nnet.compiler.tensor.Op;

/// One step of a body.
public sealed interface Step {

    /// `results = op(operands)`.
    record Compute(Span span, List<Variable> results, Op op, List<Variable> operands) implements Step {
        public Compute {
            results = List.copyOf(results);
            operands = List.copyOf(operands);
        }
    }

    /// A layer at its place: `path` is unique in the network (an instance that is applied twice appears twice), `arguments` are as a person would write them
    /// (`8, tanh`), `parameters` and `states` are the paths of those that this layer itself declares. The steps may use any variable computed before.
    record Instance(Span span, String path, String layer, String arguments, List<Variable> inputs, List<Variable> outputs,
            List<String> parameters,
            List<String> states, List<Step> steps) implements Step {
        public Instance {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
            parameters = List.copyOf(parameters);
            states = List.copyOf(states);
            steps = List.copyOf(steps);
        }
    }
}
