package nnet.bench.reference;

import ai.djl.ndarray.NDArray;

/// A layer, or a few, and a loss, computed by libtorch from leaves.
@FunctionalInterface
interface Reference {

    Result compute(Leaves leaves);

    /// `output` is of the whole batch; `loss` is a scalar, the mean over the batch.
    record Result(NDArray output, NDArray loss) {

        /// The mean squared difference between the output and a target that the leaves draw.
        static Result squared(Leaves leaves, NDArray output) {
            return new Result(output, output.sub(leaves.target(output)).square().mean());
        }
    }
}
