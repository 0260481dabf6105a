package nnet.compiler.lower;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnet.compiler.fuse.Axes;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.fuse.Fused;
import nnet.compiler.tensor.BatchSum;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Elementwise;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Iota;
import nnet.compiler.tensor.RandomUniform;
import nnet.compiler.tensor.Size;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// The batch along the first axis of the values of a graph in which no row is made of another, and none knows its number or how many there are: the step of a
/// recurrent layer. So some of the rows may be at another step than the others.
record Rowwise(String symbol) {

    /// Elements of what all rows read, at most: each part of the rows reads it again, so it should stay in the cache of a core.
    private static final int SHARED = 1 << 17;

    /// The batch of a graph that works row by row, and stores nothing else than rows.
    static Optional<Rowwise> of(Fused fused) {
        return fused.graph().inputs().stream().map(Graph.Input::value).filter(value -> value.shape().rank() > 0).findFirst()
                .map(value -> value.shape().dim(0)).filter(dim -> dim.factor() == 1 && dim.symbols().size() == 1)
                .map(dim -> new Rowwise(dim.symbols().getFirst())).filter(rows -> rows.fits(fused));
    }

    private boolean fits(Fused fused) {
        Graph graph = fused.graph();
        List<Value> same = graph.inputs().stream().map(Graph.Input::value).filter(value -> !isRows(value)).toList();
        Stream<Value> stored = fused.clusters().stream().map(Cluster::stored).flatMap(List::stream);
        return same.stream().allMatch(value -> value.shape().isFixed())
                && same.stream().mapToLong(value -> value.shape().size().size()).sum() <= SHARED
                && Stream.concat(stored, graph.outputs().stream().map(Graph.Output::value)).allMatch(this::isRows)
                && graph.equations().stream().allMatch(this::keepsRows);
    }

    /// Whether its first axis is the batch, and no other.
    boolean isRows(Value value) {
        List<Dim> dims = value.shape().dims();
        return !dims.isEmpty() && dims.getFirst().equals(Dim.symbol(symbol)) && dims.stream().skip(1).allMatch(Dim::isFixed);
    }

    /// The size of one row.
    Dim row(Value value) {
        return new Shape(value.shape().dims().subList(1, value.shape().rank())).size();
    }

    Home home(Home whole, Value value) {
        return isRows(value) ? whole.atRow(row(value)) : whole;
    }

    /// Arithmetic operations for one row in all steps, of which there is one where their number is not known.
    int cost(Graph body, Dim steps) {
        long one = body.equations().stream().filter(equation -> isRows(equation.results().getFirst()))
                .mapToLong(equation -> (long) row(equation.results().getFirst()).size() * ofElement(equation)).sum();
        return (int) Math.min(Integer.MAX_VALUE, one * (steps.isFixed() ? steps.size() : 1));
    }

    private static int ofElement(Equation equation) {
        return switch (equation.op()) {
            case Contraction _ -> 2 * Labels.of(equation).contractedSize().size();
            case Elementwise map when map.isFunction() -> Cost.FUNCTION;
            default -> 1;
        };
    }

    private boolean keepsRows(Equation equation) {
        return !isOfAllRows(equation) && equation.results().stream().allMatch(value -> isRows(value) || value.shape().isFixed())
                && IntStream.range(0, equation.operands().size()).filter(i -> isRows(equation.operands().get(i)))
                        .allMatch(i -> isRows(equation.results().getFirst()) && Axes.toResult(equation, i).getFirst() == 0);
    }

    /// Whether rows know their numbers, or how many there are.
    private boolean isOfAllRows(Equation equation) {
        return switch (equation.op()) {
            case Size size -> !size.dim().isFixed();
            case BatchSum _ -> true;
            case Iota iota -> iota.axis() == 0 && isRows(equation.results().getFirst());
            case RandomUniform _ -> isRows(equation.results().getFirst());
            default -> false;
        };
    }
}
