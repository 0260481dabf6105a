package nnet.compiler.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nnet.compiler.source.Span;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// A network that has passed all checks.
///
/// `parameters` are in the order of the flat buffer: trainable ones first, then frozen ones, each in order of appearance. `states` are what layers keep but do
/// not train. `infer` (inputs, parameters, states to outputs) is the network for `training = false`; `initialize` makes every parameter and state from `key`.
///
/// `lengths` are the dimensions that are known only at run time. Where there are any, this is the form for their bounds, and `shorter` holds the same network for
/// shorter sequences, with the same parameters and states.
public record Model(Optional<String> packageName, String name, Optional<String> doc, Span span, List<Port> inputs, List<Port> outputs,
        List<Parameter> parameters, List<Parameter> states, Body infer, Body initialize, Optional<Recipe> recipe,
        List<Length> lengths, List<Model> shorter) {

    public Model {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        parameters = List.copyOf(parameters);
        states = List.copyOf(states);
        lengths = List.copyOf(lengths);
        shorter = List.copyOf(shorter);
    }

    /// The same with forms for shorter sequences.
    public Model withShorter(List<Model> forms) {
        return new Model(packageName, name, doc, span, inputs, outputs, parameters, states, infer, initialize, recipe, lengths, forms);
    }

    /// Whether it takes a sequence of tokens and gives, after each of them, how probable every token comes next.
    public boolean saysWhatComesNext() {
        return inputs.size() == 1 && outputs.size() == 1 && inputs.getFirst().type().rank() == 1
                && inputs.getFirst().categories().isPresent()
                && outputs.getFirst().categories().equals(inputs.getFirst().categories()) && outputs.getFirst().type().rank() == 2;
    }

    /// What the names of the programs of this form end in, where it is a shorter one: `_112`, or `_112_64` of two lengths.
    public String suffix() {
        return lengths.stream().map(length -> "_" + length.bound()).collect(Collectors.joining());
    }

    /// Whether another model can be a shorter form of this one: it has the same weights, and its outputs are beginnings of those of this one.
    public boolean hasForm(Model other) {
        return types(parameters).equals(types(other.parameters)) && types(states).equals(types(other.states))
                && IntStream.range(0, outputs.size())
                        .allMatch(i -> begins(outputs.get(i).type().shape(), other, other.outputs.get(i).type().shape()));
    }

    private boolean begins(Shape whole, Model other, Shape shape) {
        return whole.equals(shape)
                || whole.rank() == shape.rank() && whole.dims().subList(1, whole.rank()).equals(shape.dims().subList(1, shape.rank()))
                        && IntStream.range(0, lengths.size()).anyMatch(i -> whole.dim(0).equals(Dim.of(lengths.get(i).bound()))
                                && shape.dim(0).equals(Dim.of(other.lengths.get(i).bound())));
    }

    private static List<Object> types(List<Parameter> weights) {
        return weights.stream().map(weight -> (Object) List.of(weight.path(), weight.type(), weight.trainable())).toList();
    }

    /// The number of elements of all trainable parameters: the length of the flat gradient.
    public int trainableSize() {
        return parameters.stream().filter(Parameter::trainable).mapToInt(parameter -> parameter.type().shape().size().size()).sum();
    }
}
