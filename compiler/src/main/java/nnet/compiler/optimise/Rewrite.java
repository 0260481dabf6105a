package nnet.compiler.optimise;

import java.util.List;
import java.util.Optional;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Value;

/// A rewrite: for an operation with one result that is about to be added, a value that may take its place.
///
/// @param name   for people, `nnc dump` and tests
/// @param reason why it stands where it stands in its list
record Rewrite(String name, String reason, Rule rule) {

    /// Looks at the operation and, through the rewriter, at where its operands come from.
    @FunctionalInterface
    interface Rule {
        Optional<Value> apply(Rewriter r, Op op, List<Value> operands);
    }
}
