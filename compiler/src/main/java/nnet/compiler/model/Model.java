package nnet.compiler.model;

import java.util.List;
import java.util.Optional;
import nnet.compiler.source.Span;

/// A network that has passed all checks.
///
/// `parameters` are in the order of the flat buffer: trainable ones first, then frozen ones, each in order of appearance. `states` are what layers keep but do
/// not train. `infer` (inputs, parameters, states to outputs) is the network for `training = false`; `initialize` makes every parameter and state from `key`.
///
/// `length` is the dimension that is known only at run time, if there is one. Then this is the form for its bound, and `shorter` holds the same network for
/// shorter sequences, with the same parameters and states.
public record Model(Optional<String> packageName, String name, Optional<String> doc, Span span, List<Port> inputs, List<Port> outputs,
        List<Parameter> parameters, List<Parameter> states, Body infer, Body initialize, Optional<Recipe> recipe,
        Optional<Length> length, List<Model> shorter) {

    public Model {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        parameters = List.copyOf(parameters);
        states = List.copyOf(states);
        shorter = List.copyOf(shorter);
    }

    /// The same with forms for shorter sequences.
    public Model withShorter(List<Model> forms) {
        return new Model(packageName, name, doc, span, inputs, outputs, parameters, states, infer, initialize, recipe, length, forms);
    }

    /// Whether it takes a sequence of tokens and gives, after each of them, how probable every token comes next.
    public boolean saysWhatComesNext() {
        return inputs.size() == 1 && outputs.size() == 1 && inputs.getFirst().type().rank() == 1
                && inputs.getFirst().categories().isPresent()
                && outputs.getFirst().categories().equals(inputs.getFirst().categories()) && outputs.getFirst().type().rank() == 2;
    }

    /// Whether another form of the network has the same weights.
    public boolean sharesWeights(Model other) {
        return types(parameters).equals(types(other.parameters)) && types(states).equals(types(other.states));
    }

    private static List<Object> types(List<Parameter> weights) {
        return weights.stream().map(weight -> (Object) List.of(weight.path(), weight.type(), weight.trainable())).toList();
    }

    /// The number of elements of all trainable parameters: the length of the flat gradient.
    public int trainableSize() {
        return parameters.stream().filter(Parameter::trainable).mapToInt(parameter -> parameter.type().shape().size().size()).sum();
    }
}
