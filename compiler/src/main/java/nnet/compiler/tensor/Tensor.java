package nnet.compiler.tensor;

import nnet.compiler.type.TensorType;

/// A tensor of known shape for the interpreter: row-major doubles (integers and booleans too).
public record Tensor(TensorType type, double[] data) {
}
