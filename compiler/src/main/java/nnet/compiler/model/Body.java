package nnet.compiler.model;

import java.util.List;
import nnet.compiler.tensor.Graph.Role;

/// A function of tensors, still showing the layers that it is made of. It speaks of one example; `BatchSum` alone sees the others.
public record Body(List<Input> inputs, List<Step> steps, List<Output> outputs) {

    public record Input(String name, Role role, Variable variable) {
    }

    public record Output(String name, Role role, Variable variable) {
    }

    public Body {
        inputs = List.copyOf(inputs);
        steps = List.copyOf(steps);
        outputs = List.copyOf(outputs);
    }
}
