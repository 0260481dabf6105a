package nnet.compiler.advance;

import java.util.ArrayList;
import java.util.List;
import nnet.compiler.fuse.Axes;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// Which axis of a result runs along with which of an operand, through reshapes of the axes around it too.
final class Along {

    static final int NONE = Axes.NONE;

    private Along() {
    }

    /// For each axis of the operand its axis in the result.
    static List<Integer> toResult(Equation equation, int operand) {
        return equation.op() instanceof Reshape(Shape to)
                ? reshaped(equation.operands().getFirst().shape(), to)
                : Axes.toResult(equation, operand);
    }

    /// An axis stays what it is where as many elements lie before it and it has the same size.
    private static List<Integer> reshaped(Shape from, Shape to) {
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < from.rank(); axis++) {
            int found = NONE;
            for (int other = 0; other < to.rank() && found == NONE; other++) {
                boolean isSame = before(from, axis).equals(before(to, other)) && from.dim(axis).equals(to.dim(other));
                found = isSame && !axes.contains(other) ? other : NONE;
            }
            axes.add(found);
        }
        return axes;
    }

    private static Dim before(Shape shape, int axis) {
        return new Shape(shape.dims().subList(0, axis)).size();
    }
}
