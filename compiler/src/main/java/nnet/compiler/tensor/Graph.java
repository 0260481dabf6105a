package nnet.compiler.tensor;

import java.util.List;

/// A function of tensors: equations in an order in which operands come before their uses. Made by a `Builder`.
public record Graph(String name, List<Input> inputs, List<Equation> equations, List<Output> outputs) {

    /// What an input or output is to those who run the program. Buffers with the same name and role are shared by all programs of a network.
    public enum Role {
        /// Data of examples: inputs of the network, its targets, its outputs, the loss. Batched.
        DATA,
        /// A range of the flat parameter buffer (in `update`: all trainable parameters, flat).
        PARAMETER,
        /// A range of the flat gradient buffer, at the place of the parameter of the same name.
        GRADIENT,
        /// A range of the flat state buffer: what layers keep but do not train.
        STATE,
        /// What `settle` computes from the weights for the programs that predict, by name.
        SETTLED,
        /// State of the optimiser, flat, with the layout of the trainable parameters.
        OPTIMIZER,
        /// `key`, `step`: small values set by the runtime before each run.
        CONTROL,
        /// A value over all examples: the mean loss, a metric. Not batched.
        RESULT
    }

    public record Input(String name, Role role, Value value) {
    }

    public record Output(String name, Role role, Value value) {
    }

    public Graph {
        inputs = List.copyOf(inputs);
        equations = List.copyOf(equations);
        outputs = List.copyOf(outputs);
    }

    /// The same under another name.
    public Graph named(String other) {
        return new Graph(other, inputs, equations, outputs);
    }
}
