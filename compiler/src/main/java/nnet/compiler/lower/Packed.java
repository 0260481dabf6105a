package nnet.compiler.lower;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.type.ElementType;

/// An operand of a contraction, copied to scratch in groups: `size` rows of A or columns of B side by side, all steps of a group one after the other. So register
/// tiles read straight on.
///
/// @param size   of a group
/// @param stride from one group to the next, for each of its members
record Packed(Nest nest, Buffer buffer, int size, int stride) {

    private static final int LINE = 16;

    /// Elements for so many members in groups.
    static int room(int members, int size, int stride) {
        return (members + size - 1) / size * size * stride;
    }

    /// The stride of groups that are written in turn: a line of the cache more than the steps need, since lines of all groups would otherwise fall upon each other in
    /// the nearest cache.
    static int apart(int steps, int size) {
        return steps + Math.max(1, LINE / size);
    }

    /// Where the members of a group begin at one step.
    ///
    /// @param group its first member
    Index at(Index group, Index step) {
        return group.times(stride).plus(step.times(size));
    }

    /// Copies step by step, as far as the number of members is known: so the memory that is read, one row of an operand after the other, is read as it lies.
    ///
    /// @param side     the loops over what becomes groups
    /// @param count    how many members there are
    /// @param steps    the loops over the steps
    /// @param last     how many steps there are
    /// @param isVector whether the members of a group lie next to each other in the operand
    /// @param element  of the operand, by member and step
    void fill(Cuts side, Expr count, Cuts steps, Expr last, boolean isVector, BiFunction<Index, Index, Expr> element) {
        if (isVector && isWhole(count)) {
            side.vector(Expr.i32(size), width(),
                    lane -> steps.each("k", last, k -> eachGroup(count, group -> copy(group, lane, k, element))));
        } else {
            side.groups(count, size, (group, members) -> side.vector(members, width(),
                    lane -> steps.each("k", last, k -> copy(group, lane, k, element))));
        }
    }

    /// Whether so many members are known to be whole groups.
    boolean isWhole(Expr count) {
        return count instanceof Literal(ElementType _, double fixed) && fixed % size == 0;
    }

    private void eachGroup(Expr count, Consumer<Index> body) {
        int members = (int) ((Literal) count).value();
        for (int group = 0; group < members; group += size) {
            body.accept(Index.of(group));
        }
    }

    /// Loops in vectors are as wide as the widest vector, at least.
    private int width() {
        return Math.max(size, LINE);
    }

    private Expr copy(Index group, Index lane, Index step, BiFunction<Index, Index, Expr> element) {
        Expr value = nest.let("x", element.apply(group.plus(lane), step));
        nest.store(buffer, at(group, step).plus(lane), value);
        return value;
    }
}
