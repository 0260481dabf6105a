package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// A primitive operation: attributes, and every rule that the compiler needs. One record in one file; this list is the registry.
public sealed interface Op
        permits Elementwise, Constant, Iota, Size, Broadcast, Reshape, Transpose, Slice, Pad, Concatenate, Reverse, Sum, BatchSum, Max,
        ArgMax,
        Contraction, Attention, AttentionPullback, Gather, ScatterAdd, RandomUniform, Orthonormalize, StopGradient, Scan, Window {

    /// The name in IR text: lower case, words joined by underscores.
    String mnemonic();

    /// The types of the results.
    ///
    /// @throws ShapeException if the operands do not fit; its message is for compiler developers, since `check` has reported user errors before
    List<TensorType> infer(List<TensorType> operands);

    /// The same operation over a whole batch. `operands` are in the new graph; those marked in `batched` have the batch as their first axis.
    /// All results must have it, unless they are the same for all examples (`BatchSum`).
    List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched);

    /// The vector-Jacobian product: for the cotangents of the results (empty where nothing flows back), the cotangents of the operands
    /// (empty for operands through which no gradient flows, such as indices).
    List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents);

    /// The meaning, element by element in double precision: the oracle.
    List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results);

    /// Whether two equations with equal operands are the same value. Only operations with effects on state would say no; there are none today.
    default boolean isPure() {
        return true;
    }
}
