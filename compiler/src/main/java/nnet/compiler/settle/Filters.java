package nnet.compiler.settle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Panels;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;

/// The weights of a convolution: the second operand of a contraction, which has one label that goes into the result, where positions follow it; all its others are
/// summed over. As a matrix it has a row for each step of the sum and a column for each filter, so that its panels hold what a step multiplies by side by side.
///
/// @param steps     the labels that are summed over, in the order of the sum
/// @param filter    the label of the filters
/// @param positions how many there are for each filter
record Filters(Contraction product, List<Integer> steps, int filter, int positions) implements Factor {

    /// Elements that are laid out, at most: those of the largest convolutions, 512 filters of 3 by 3 over 512 channels, and some more.
    private static final int LARGEST = 1 << 22;
    /// Positions of which a few more than a multiple of 16 are a good part.
    private static final int SMALL = 64;
    /// And these are a few.
    private static final int REST = 4;

    /// @param isWindows whether a value is made of windows
    static Optional<Filters> of(Equation equation, Predicate<Value> isWindows) {
        if (!(equation.op() instanceof Contraction product)) {
            return Optional.empty();
        }
        List<Integer> kept = product.right().stream().filter(product.result()::contains).toList();
        List<Integer> steps = product.left().stream().filter(label -> !product.result().contains(label)).toList();
        boolean fits = (steps.size() == 1 || isWindows.test(equation.operands().getFirst())) && kept.size() == 1
                && !product.left().contains(kept.getFirst()) && product.right().containsAll(steps)
                && product.right().size() == steps.size() + 1;
        if (!fits || product.result().getLast().equals(kept.getFirst())) {
            return Optional.empty();
        }
        List<Dim> positions = positions(product, kept.getFirst(), equation.operands().getFirst());
        if (!positions.stream().allMatch(Dim::isFixed)) {
            return Optional.empty();
        }
        int all = positions.stream().mapToInt(Dim::size).reduce(1, (x, y) -> x * y);
        return Optional.of(new Filters(product, steps, kept.getFirst(), all))
                .filter(filters -> filters.pays(equation.operands().getLast()));
    }

    /// The sizes of the labels of the result behind the filters.
    private static List<Dim> positions(Contraction product, int filter, Value left) {
        return product.result().subList(product.result().indexOf(filter) + 1, product.result().size()).stream()
                .map(label -> left.shape().dim(product.left().indexOf(label))).toList();
    }

    private boolean pays(Value weights) {
        Shape shape = weights.shape();
        return weights.type().element() == ElementType.F32 && shape.isFixed() && shape.size().size() <= LARGEST
                && size(shape, filter).size() >= Panels.WIDTH;
    }

    private Dim size(Shape weights, int label) {
        return weights.dim(product.right().indexOf(label));
    }

    @Override
    public List<Integer> axes() {
        return order().stream().map(product.right()::indexOf).toList();
    }

    /// The labels of the weights as they are laid out.
    private List<Integer> order() {
        List<Integer> order = new ArrayList<>(steps);
        order.add(filter);
        return order;
    }

    /// As a register tile reads them, a few filters for many positions side by side. Of a small plane the positions that are left over are computed with many filters side
    /// by side.
    @Override
    public int width() {
        int rest = positions % Panels.WIDTH;
        return positions <= SMALL && rest > 0 && rest <= REST ? Panels.WIDTH : Panels.FEW;
    }

    @Override
    public List<Value> multiply(Builder builder, Value left, Value panels, Optional<Value> weight, Shape weights) {
        Value matrix = Panels.matrix(builder, panels, size(weights, filter));
        Value apart = steps.size() == 1
                ? matrix
                : builder.add(new Reshape(new Shape(order().stream().map(label -> size(weights, label)).toList())), matrix);
        return builder.addAll(new Contraction(product.left(), order(), product.result()), List.of(left, apart));
    }
}
