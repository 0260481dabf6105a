package nnet.compiler.model;

import java.util.List;
import java.util.Optional;
import nnet.compiler.source.Span;

/// A network that has passed all checks.
///
/// `parameters` are in the order of the flat buffer: trainable ones first, then frozen ones, each in order of appearance. `states` are what layers keep but do
/// not train. `infer` (inputs, parameters, states to outputs) is the network for `training = false`; `initialize` makes every parameter and state from `key`.
public record Model(Optional<String> packageName, String name, Optional<String> doc, Span span, List<Port> inputs, List<Port> outputs,
        List<Parameter> parameters, List<Parameter> states, Body infer, Body initialize, Optional<Recipe> recipe) {

    public Model {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        parameters = List.copyOf(parameters);
        states = List.copyOf(states);
    }

    /// The number of elements of all trainable parameters: the length of the flat gradient.
    public int trainableSize() {
        return parameters.stream().filter(Parameter::trainable).mapToInt(parameter -> parameter.type().shape().size().size()).sum();
    }
}
