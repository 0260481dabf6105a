package nnet.compiler.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import nnet.compiler.type.Dim;

/// The queries of an attention one after the other, for the interpreter.
final class AttentionRows {

    private final Attention op;
    private final Labelled queries;
    private final Labelled keys;
    private final Optional<Labelled> mask;
    private final Optional<Labelled> position;
    private final int[] sizes;

    AttentionRows(Attention op, List<Tensor> operands) {
        this.op = op;
        mask = op.mask().isEmpty() ? Optional.empty() : Optional.of(new Labelled(operands.get(3), op.mask()));
        position = op.causal() ? Optional.of(new Labelled(operands.getLast(), op.position())) : Optional.empty();
        queries = new Labelled(operands.get(0), op.query());
        keys = new Labelled(operands.get(1), op.key());
        Map<Integer, Dim> all = op.sizes(operands.stream().map(Tensor::type).toList());
        sizes = new int[1 + all.keySet().stream().mapToInt(Integer::intValue).max().orElseThrow()];
        all.forEach((label, size) -> sizes[label] = size.size());
    }

    /// Every query; the index is the same array each time, its other labels are 0.
    void forEach(Consumer<int[]> body) {
        int[] outer = op.statistics().stream().mapToInt(label -> sizes[label]).toArray();
        int[] index = new int[sizes.length];
        Index.forEach(outer, place -> {
            Arrays.fill(index, 0);
            for (int i = 0; i < outer.length; i++) {
                index[op.statistics().get(i)] = place[i];
            }
            body.accept(index);
        });
    }

    /// Sets the index of one label to all that it may be.
    void forEach(int[] index, int label, IntConsumer body) {
        for (int i = 0; i < sizes[label]; i++) {
            index[label] = i;
            body.accept(i);
        }
        index[label] = 0;
    }

    /// The scores of a query with all keys.
    double[] scores(int[] index) {
        double[] scores = new double[sizes[Attention.KEY]];
        forEach(index, Attention.KEY, k -> {
            forEach(index, Attention.FEATURE, _ -> scores[k] += op.scale() * queries.at(index) * keys.at(index));
            scores[k] = isSeen(index) ? scores[k] : Attention.UNSEEN;
        });
        return scores;
    }

    boolean isSeen(int[] index) {
        boolean isThere = mask.isEmpty() || mask.get().at(index) != 0;
        return isThere && (position.isEmpty() || index[Attention.KEY] <= index[Attention.QUERY] + position.get().at(index));
    }
}
