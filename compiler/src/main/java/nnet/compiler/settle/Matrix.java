package nnet.compiler.settle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Panels;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;

/// The matrix that a product multiplies by: its second operand, one of whose axes is contracted while the other is the last one of the result.
///
/// @param row    label of the contracted axis
/// @param column label of the other
record Matrix(Contraction product, int row, int column) implements Factor {

    /// Elements of a matrix that is laid out, at most. Of larger ones a second copy is no gain: they come from main memory in any layout.
    private static final int LARGEST = 1 << 22;

    static Optional<Matrix> of(Equation equation) {
        if (!(equation.op() instanceof Contraction product) || product.right().size() != 2 || product.result().isEmpty()) {
            return Optional.empty();
        }
        int column = product.result().getLast();
        List<Integer> rows = product.right().stream().filter(label -> label != column).toList();
        if (rows.size() != 1 || product.left().contains(column) || product.result().contains(rows.getFirst())) {
            return Optional.empty();
        }
        Matrix matrix = new Matrix(product, rows.getFirst(), column);
        return matrix.isSumOverRows() && matrix.pays(equation.operands().get(1)) ? Optional.of(matrix) : Optional.empty();
    }

    /// Whether nothing else is contracted.
    private boolean isSumOverRows() {
        return product.left().contains(row) && product.left().stream().allMatch(label -> label == row || product.result().contains(label));
    }

    private boolean pays(Value value) {
        Shape shape = value.shape();
        return value.type().element() == ElementType.F32 && shape.isFixed() && shape.size().size() <= LARGEST
                && columns(shape).size() >= 4;
    }

    private Dim columns(Shape shape) {
        return shape.dim(product.right().indexOf(column));
    }

    @Override
    public List<Integer> axes() {
        return List.of(product.right().indexOf(row), product.right().indexOf(column));
    }

    @Override
    public int width() {
        return Panels.WIDTH;
    }

    @Override
    public List<Value> multiply(Builder builder, Value left, Value panels, Optional<Value> weight, Shape shape) {
        Contraction straight = new Contraction(product.left(), new ArrayList<>(List.of(row, column)), product.result());
        Value matrix = weight.filter(_ -> axes().equals(List.of(0, 1)) && Panels.areChecked(shape.dim(0), shape.dim(1)))
                .map(asItIs -> Panels.beside(builder, panels, asItIs))
                .orElseGet(() -> Panels.matrix(builder, panels, columns(shape)));
        return builder.addAll(straight, List.of(left, matrix));
    }
}
