package nnet.compiler.settle;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Panels;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// The second operand of a contraction where it pays to lay it out in panels: a matrix with a row for each step of the sum.
sealed interface Factor permits Matrix, Filters {

    /// @param isWindows whether a value is made of windows
    static Optional<Factor> of(Equation equation, Predicate<Value> isWindows) {
        return Matrix.of(equation).<Factor>map(matrix -> matrix).or(() -> Filters.of(equation, isWindows));
    }

    /// The axes of the operand in the order of the matrix: those that are summed over, and the one that makes columns.
    List<Integer> axes();

    /// Columns of a panel.
    int width();

    /// The contraction with the operand in panels.
    ///
    /// @param weight the operand as it is, where it is a weight
    /// @param shape  of the operand
    List<Value> multiply(Builder builder, Value left, Value panels, Optional<Value> weight, Shape shape);

    /// The panels of an operand.
    static Value lay(Builder builder, List<Integer> axes, int width, Value operand) {
        Shape turned = new Shape(axes.stream().map(operand.shape()::dim).toList());
        boolean isTurned = !axes.equals(axes.stream().sorted().toList());
        Value ordered = isTurned ? builder.add(new Transpose(axes), operand) : operand;
        Dim columns = turned.dims().getLast();
        Dim rows = turned.dims().subList(0, axes.size() - 1).stream().reduce(Dim.ONE, Dim::times);
        return Panels.lay(builder, axes.size() == 2 ? ordered : builder.add(new Reshape(Shape.of(rows, columns)), ordered), width);
    }
}
