package nnet.trainer;

import java.util.List;
import nnet.compiler.model.Enumeration;
import nnet.compiler.model.Model;
import nnet.compiler.model.Port;
import nnet.compiler.model.Recipe;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.trainer.data.DataSource;
import nnet.trainer.data.Encoding;
import nnet.trainer.data.Material;

/// The inputs and targets of a network as the data package knows them.
record Ports(List<nnet.trainer.data.Port> inputs, List<nnet.trainer.data.Port> targets) {

    Material open(DataSource source, Encoding known) {
        return source.open(inputs, targets, known);
    }

    static List<nnet.trainer.data.Port> of(List<Port> ports) {
        return ports.stream().map(Ports::of).toList();
    }

    /// The targets of a network, called like the outputs that they are for.
    static List<nnet.trainer.data.Port> targets(Model model, Recipe recipe) {
        return recipe.targets().stream().map(target -> of(target).titled(target.name().equals("target")
                ? model.outputs().getFirst().name()
                : target.name().substring("target_".length()))).toList();
    }

    private static nnet.trainer.data.Port of(Port port) {
        if (port.row().isPresent()) {
            return nnet.trainer.data.Port.row(port.name(), Fields.of(port.row().get()));
        }
        if (port.enumeration().isPresent() && port.type().rank() == 0) {
            Enumeration names = port.enumeration().get();
            return nnet.trainer.data.Port.choice(port.name(), Fields.of(names, port.name()),
                    names.members().stream().map(Enumeration.Member::name).toList());
        }
        int[] shape = port.type().shape().dims().stream().mapToInt(Dim::size).toArray();
        if (port.categories().isPresent()) {
            return nnet.trainer.data.Port.category(port.name(), port.categories().getAsInt(), shape);
        }
        return port.type().element() == ElementType.F32
                ? nnet.trainer.data.Port.real(port.name(), shape)
                : nnet.trainer.data.Port.whole(port.name(), shape);
    }
}
