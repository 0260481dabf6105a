package nnet.compiler.check;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.fuse.Fused;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Concatenate;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Pad;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Window;

/// Kernels that only move data: everything that they store is made of what lies in memory by movement alone.
record Copies(Map<Value, Equation> definitions, Set<Value> stored) {

    static long count(Fused fused) {
        Copies copies = new Copies(fused.definitions(),
                fused.clusters().stream().flatMap(cluster -> cluster.stored().stream()).collect(Collectors.toSet()));
        return fused.clusters().stream().filter(copies::only).count();
    }

    private boolean only(Cluster cluster) {
        return cluster.roots().stream().allMatch(root -> isMoved(definitions.get(root)));
    }

    private boolean isMoved(Equation equation) {
        boolean moves = switch (equation.op()) {
            case Broadcast _,Concatenate _,Constant _,Pad _,Reshape _,Slice _,Transpose _,Window _ -> true;
            default -> false;
        };
        return moves && equation.operands().stream()
                .allMatch(operand -> stored.contains(operand) || !definitions.containsKey(operand) || isMoved(definitions.get(operand)));
    }
}
