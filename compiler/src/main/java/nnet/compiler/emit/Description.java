package nnet.compiler.emit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.model.Meaning;
import nnet.compiler.model.Model;
import nnet.compiler.model.Parameter;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// What is known of a network besides its programs: names, shapes, comments. The API class and the manifest are made from it.
///
/// @param name       binary name of the class: `samples.xor.Xor`
/// @param comment    the `///` comment of the network, without the slashes; may be empty
/// @param version    of the compiler
/// @param parameters trainable ones first: their order is the order of the flat buffer
public record Description(String name, String comment, String version, List<Port> inputs, List<Port> outputs, List<Port> targets,
        List<Weight> parameters, List<Weight> states) {

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
    }

    /// What a checked model says of its network.
    public static Description of(Model model, String version) {
        String name = model.packageName().map(packageName -> packageName + ".").orElse("") + model.name();
        return new Description(name, model.doc().orElse(""), version, ports(model.inputs()), ports(model.outputs()),
                model.recipe().map(recipe -> ports(recipe.targets())).orElse(List.of()), weights(model.parameters()),
                weights(model.states()));
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
