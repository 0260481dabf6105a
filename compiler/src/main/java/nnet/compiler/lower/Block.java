package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.tensor.Panels;
import nnet.compiler.type.Dim;

/// A block of the result of a contraction: where its operands are read, and what becomes of its sums.
final class Block {

    private final ContractionKernel kernel;
    private final Roles roles;
    private final Part part;
    private final int rows;
    private final int width;
    private final Optional<Place> panels;
    private final Optional<Place> besides;
    private Optional<Place> sums = Optional.empty();

    /// @param rows  how many it has, at most
    /// @param width its columns, at most
    Block(ContractionKernel kernel, Part part, int rows, int width) {
        this.kernel = kernel;
        this.part = part;
        this.rows = rows;
        this.width = width;
        roles = kernel.roles;
        panels = roles.panels().map(kernel.draft::source);
        besides = roles.besides().map(kernel.draft::source);
    }

    Expr a(Index row, Index step) {
        Map<Integer, Index> point = new HashMap<>(part.around());
        roles.rows().ifPresent(axis -> point.put(axis, part.row().plus(row)));
        return kernel.draft.elements.at(roles.operandA(), roles.element(roles.a(), point, roles.steps(kernel.nest, step)));
    }

    /// @param columns the first of those side by side
    /// @param j       which of them
    Expr b(Index columns, Index j, Index step) {
        return panels.map(place -> load(place.buffer(),
                part.column().plus(columns).times(roles.contracted().size() + 1).plus(step.times(Panels.WIDTH)).plus(j)))
                .orElseGet(() -> b(columns.plus(j), step));
    }

    /// The same at a step far from the one before: from a whole row, where there are rows.
    ///
    /// @param columns the first of those side by side
    /// @param j       which of them
    Expr distant(Index columns, Index j, Index step) {
        return besides.map(place -> load(place.buffer(), place.offset(List.of(step, part.column().plus(columns).plus(j)))))
                .orElseGet(() -> b(columns, j, step));
    }

    /// Without a name: a local of the JVM would have to be known at each test of a bound behind it, and what is read at once in a product has no room of its own.
    private Expr load(Buffer buffer, Index index) {
        return new Expr.Load(buffer, kernel.nest.expr(index));
    }

    Expr b(Index column, Index step) {
        return kernel.draft.elements.at(roles.operandB(), placeOfB(column, step));
    }

    /// The same, for a product that is the only one to read it.
    Expr once(Index column, Index step) {
        return kernel.draft.elements.once(roles.operandB(), placeOfB(column, step));
    }

    private List<Index> placeOfB(Index column, Index step) {
        Map<Integer, Index> point = new HashMap<>(part.around());
        roles.columns().ifPresent(axis -> point.put(axis, part.column().plus(column)));
        return roles.element(1 - roles.a(), point, roles.steps(kernel.nest, step));
    }

    /// What becomes of the sum of a chunk: it is added to those before, and waits, or goes through the epilogue.
    void result(Chunk chunk, Index row, Index column, Expr sum, boolean finish) {
        List<Index> indices = indices(row, column);
        Expr total = chunk.first()
                ? sum
                : kernel.nest.let("total", Expr.add(kernel.load(sums().buffer(), sums().offset(indices)), sum));
        if (finish) {
            Epilogue.finish(kernel.draft, indices, total);
        } else {
            kernel.nest.store(sums().buffer(), sums().offset(indices), total);
        }
    }

    /// The epilogue of a sum that waited for it.
    void finish(Index row, Index column) {
        List<Index> indices = indices(row, column);
        Epilogue.finish(kernel.draft, indices, kernel.load(sums().buffer(), sums().offset(indices)));
    }

    private List<Index> indices(Index row, Index column) {
        Map<Integer, Index> point = new HashMap<>(part.around());
        roles.rows().ifPresent(axis -> point.put(axis, part.row().plus(row)));
        roles.columns().ifPresent(axis -> point.put(axis, part.column().plus(column)));
        return roles.result(point);
    }

    /// Where sums wait: the block, in scratch.
    private Place sums() {
        if (sums.isEmpty()) {
            List<Dim> strides = new ArrayList<>();
            for (int axis = 0; axis < kernel.root.shape().rank(); axis++) {
                strides.add(Dim.of(roles.rows().equals(Optional.of(axis)) ? width : roles.columns().equals(Optional.of(axis)) ? 1 : 0));
            }
            Index base = part.row().times(width).plus(part.column()).times(-1);
            sums = Optional.of(new Place(kernel.scratch("sums", rows * width), base, strides));
        }
        return sums.get();
    }
}
