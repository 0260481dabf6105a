package nnet.compiler.emit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import nnet.compiler.model.Meaning;
import nnet.compiler.model.Model;
import nnet.compiler.model.Parameter;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// What is known of a network besides its programs: names, shapes, comments. The API class and the manifest are made from it.
///
/// @param name       binary name of the class: `samples.xor.Xor`
/// @param comment    the `///` comment of the network, without the slashes; may be empty
/// @param version    of the compiler
/// @param parameters trainable ones first: their order is the order of the flat buffer
/// @param lengths    first dimensions of inputs that are known only at run time; their own inputs, of the same names, are the last ones
public record Description(String name, String comment, String version, List<Port> inputs, List<Port> outputs, List<Port> targets,
        List<Weight> parameters, List<Weight> states, List<Length> lengths) {

    /// @param bound     the most elements of a sequence: the first dimension of `sequences` as their ports have it
    /// @param shorter   what it is in the forms for shorter sequences, for which there are programs too
    /// @param sequences the inputs that have this dimension
    public record Length(String name, int bound, List<Integer> shorter, List<String> sequences) {
        public Length {
            shorter = List.copyOf(shorter);
            sequences = List.copyOf(sequences);
        }
    }

    public Description(String name, String comment, String version, List<Port> inputs, List<Port> outputs, List<Port> targets,
            List<Weight> parameters, List<Weight> states) {
        this(name, comment, version, inputs, outputs, targets, parameters, states, List.of());
    }

    /// An input, output or target, for one example.
    ///
    /// @param type       of what the programs read and write (for an output of categories: the scores, `f32[..., categories]`)
    /// @param categories number of categories of a category or enum, otherwise 0
    /// @param meaning    the record or enum that it is
    public record Port(String name, TensorType type, int categories, String comment, Optional<Meaning> meaning) {
        public Port(String name, TensorType type, int categories, String comment) {
            this(name, type, categories, comment, Optional.empty());
        }
    }

    public record Weight(String path, Shape shape, boolean trainable) {
        /// Number of elements: the shapes of parameters are fixed.
        public int size() {
            return shape.size().size();
        }
    }

    public Description {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        targets = List.copyOf(targets);
        parameters = trainableFirst(parameters);
        states = List.copyOf(states);
        lengths = List.copyOf(lengths);
    }

    /// The inputs that an application gives: all but the lengths, which its arrays say.
    public List<Port> given() {
        return inputs.subList(0, inputs.size() - lengths.size());
    }

    /// The length of an input that is a sequence, where it is known only at run time.
    public Optional<Length> length(Port port) {
        return lengths.stream().filter(length -> length.sequences().contains(port.name())).findFirst();
    }

    public boolean isSequence(Port port) {
        return length(port).isPresent();
    }

    /// An input as people see it: with the name of the length in place of its bound.
    public Port shown(Port port) {
        return length(port).map(length -> {
            List<Dim> dims = new ArrayList<>(port.type().shape().dims());
            dims.set(0, Dim.symbol(length.name()));
            return new Port(port.name(), port.type().withShape(new Shape(dims)), port.categories(), port.comment(), port.meaning());
        }).orElse(port);
    }

    /// What a checked model says of its network.
    public static Description of(Model model, String version) {
        String name = model.packageName().map(packageName -> packageName + ".").orElse("") + model.name();
        return new Description(name, model.doc().orElse(""), version, ports(model.inputs()), ports(model.outputs()),
                model.recipe().map(recipe -> ports(recipe.targets())).orElse(List.of()), weights(model.parameters()),
                weights(model.states()), lengths(model));
    }

    private static List<Length> lengths(Model model) {
        return IntStream.range(0, model.lengths().size()).mapToObj(i -> {
            nnet.compiler.model.Length length = model.lengths().get(i);
            List<Integer> shorter = model.shorter().stream().map(form -> form.lengths().get(i).bound()).toList();
            return new Length(length.name(), length.bound(), shorter, length.ports());
        }).toList();
    }

    private static List<Port> ports(List<nnet.compiler.model.Port> ports) {
        return ports.stream()
                .map(port -> new Port(port.name(), port.type(), port.categories().orElse(0), port.doc().orElse(""), port.meaning()))
                .toList();
    }

    private static List<Weight> weights(List<Parameter> weights) {
        return weights.stream().map(weight -> new Weight(weight.path(), weight.type().shape(), weight.trainable())).toList();
    }

    private static List<Weight> trainableFirst(List<Weight> weights) {
        List<Weight> ordered = new ArrayList<>(weights.stream().filter(Weight::trainable).toList());
        ordered.addAll(weights.stream().filter(weight -> !weight.trainable()).toList());
        return List.copyOf(ordered);
    }

    /// Where each weight begins in its flat buffer: one after the other without gaps.
    public static Map<String, Integer> offsets(List<Weight> weights) {
        Map<String, Integer> offsets = new LinkedHashMap<>();
        int offset = 0;
        for (Weight weight : weights) {
            offsets.put(weight.path(), offset);
            offset = Math.addExact(offset, weight.size());
        }
        return offsets;
    }
}
