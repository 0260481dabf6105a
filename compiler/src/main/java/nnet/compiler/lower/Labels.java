package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Equation;
import nnet.compiler.type.Dim;

/// The labels of a contraction by what they do, and their sizes.
///
/// @param contracted labels that are summed over, in the order of summation: as in the left operand, then those of the right operand alone
record Labels(List<Integer> contracted, Map<Integer, Dim> sizes) {

    /// The contract: sums are made in chunks of this many products.
    static final int CHUNK = 512;

    static Labels of(Equation equation) {
        Contraction op = (Contraction) equation.op();
        Map<Integer, Dim> sizes = new HashMap<>();
        List<Integer> contracted = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            List<Integer> labels = side == 0 ? op.left() : op.right();
            for (int axis = 0; axis < labels.size(); axis++) {
                int label = labels.get(axis);
                sizes.put(label, equation.operands().get(side).shape().dim(axis));
                if (!op.result().contains(label) && !contracted.contains(label)) {
                    contracted.add(label);
                }
            }
        }
        return new Labels(List.copyOf(contracted), Map.copyOf(sizes));
    }

    List<Dim> contractedDims() {
        return contracted.stream().map(sizes::get).toList();
    }

    Dim contractedSize() {
        return contractedDims().stream().reduce(Dim.ONE, Dim::times);
    }
}
