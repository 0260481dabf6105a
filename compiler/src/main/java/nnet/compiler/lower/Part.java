package nnet.compiler.lower;

import java.util.Map;
import nnet.compiler.loop.Expr;

/// Where one iteration of the parallel loop of a contraction works.
///
/// @param around  indices of the axes around
/// @param row     the first row
/// @param rows    how many
/// @param column  the first column
/// @param columns how many
record Part(Map<Integer, Index> around, Index row, Expr rows, Index column, Expr columns) {

    Part ofColumns(Expr count) {
        return new Part(around, row, rows, column, count);
    }
}
