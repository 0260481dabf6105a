package nnet.compiler.optimise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// How a matrix should lie that many products multiply by: its columns in groups, each with its rows one after the other, `[groups, rows, GROUP]`. Products read a
/// group in place, from first to last, where they would otherwise pack the matrix again each time.
///
/// @param product a contraction whose second operand is the matrix, of which one axis is contracted and the other the last one of the result
/// @param columns how many there are
record Layout(Contraction product, Dim columns) {

    /// Columns of a group: one to four vectors of any machine, so that a group lies in lines of the cache that follow each other.
    private static final int GROUP = 16;

    static Optional<Layout> of(Contraction product, List<Value> operands) {
        List<Integer> right = product.right();
        if (right.size() != 2 || product.result().isEmpty()) {
            return Optional.empty();
        }
        int column = product.result().getLast();
        int row = right.getFirst() == column ? right.getLast() : right.getFirst();
        if (!right.contains(column) || row == column || product.left().contains(column) || product.result().contains(row)
                || !product.left().contains(row)) {
            return Optional.empty();
        }
        Layout layout = new Layout(product, operands.get(1).shape().dim(right.indexOf(column)));
        return layout.isGrouped() || layout.isTransposed() ? Optional.of(layout) : Optional.empty();
    }

    private boolean isGrouped() {
        return columns.isFixed() && columns.size() % GROUP == 0 && columns.size() > GROUP;
    }

    /// Whether the matrix comes with its columns along the first axis.
    private boolean isTransposed() {
        return product.right().getFirst().equals(product.result().getLast());
    }

    private Dim groups() {
        return Dim.of(columns.size() / GROUP);
    }

    /// The matrix in its new layout.
    Value matrix(Builder builder, Value matrix) {
        if (!isGrouped()) {
            return builder.add(new Transpose(List.of(1, 0)), matrix);
        }
        Dim rows = matrix.shape().dim(isTransposed() ? 1 : 0);
        Dim group = Dim.of(GROUP);
        List<Dim> apart = isTransposed() ? List.of(groups(), group, rows) : List.of(rows, groups(), group);
        return builder.add(new Transpose(isTransposed() ? List.of(0, 2, 1) : List.of(1, 0, 2)),
                builder.add(new Reshape(new Shape(apart)), matrix));
    }

    /// The equations that take the place of a product with the matrix.
    ///
    /// @param laid the matrix in its new layout
    /// @param id   of a new value
    List<Equation> product(Equation equation, Value laid, int id) {
        Value left = equation.operands().get(0);
        if (!isGrouped()) {
            Contraction changed = new Contraction(product.left(), product.right().reversed(), product.result());
            return List.of(new Equation(equation.results(), changed, List.of(left, laid)));
        }
        int column = product.result().getLast();
        int row = isTransposed() ? product.right().getLast() : product.right().getFirst();
        int group = 1 + Math.max(column, product.left().stream().max(Integer::compare).orElse(0));
        List<Integer> result = new ArrayList<>(product.result());
        result.add(result.size() - 1, group);
        Contraction changed = new Contraction(product.left(), List.of(group, row, column), result);
        Value whole = equation.result();
        Value parts = new Value(id, changed.infer(List.of(left.type(), laid.type())).getFirst(), whole.hint(), whole.span());
        return List.of(new Equation(List.of(parts), changed, List.of(left, laid)),
                new Equation(equation.results(), new Reshape(whole.shape()), List.of(parts)));
    }
}
