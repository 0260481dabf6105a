package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// Elements that take a loop: one accumulator for each, in plain loops inside of whatever asks.
final class Folds {

    /// Taps that are written out, at most.
    private static final int TAPS = 25;
    private static final int FEW = 9;
    /// Taps of a window, at most: sums of more than these have an order of their own.
    static final int LARGEST_WINDOW = 31;

    private final Elements elements;

    Folds(Elements elements) {
        this.elements = elements;
    }

    private Nest nest() {
        return elements.nest;
    }

    /// Ascending along each axis, the last axis first: an accumulator for each axis, one inside of the other.
    Expr sum(Equation equation, List<Integer> axes, List<Index> indices) {
        Value operand = equation.operands().getFirst();
        if (axes.equals(List.of(operand.shape().rank() - 1)) && !elements.holdsTaps(operand)) {
            throw new IllegalStateException("a sum along the last axis alone has an order of its own");
        }
        return overAxes(operand, axes, indices, () -> nest().var("sum", new Expr.Literal(operand.type().element(), 0)), BinaryOp.ADD);
    }

    Expr max(Equation equation, List<Integer> axes, List<Index> indices) {
        ElementType type = equation.results().getFirst().type().element();
        double lowest = type == ElementType.I32 ? Integer.MIN_VALUE : Double.NEGATIVE_INFINITY;
        return overAxes(equation.operands().getFirst(), axes, indices, () -> nest().var("max", new Expr.Literal(type, lowest)),
                BinaryOp.MAX);
    }

    /// Loops over the reduced axes, outermost first, each of which combines what comes out of the loop in it.
    private Expr overAxes(Value operand, List<Integer> axes, List<Index> kept, Supplier<Variable> accumulator, BinaryOp combine) {
        List<Integer> sorted = axes.stream().sorted().toList();
        if (isWrittenOut(operand, sorted)) {
            return writtenOut(operand, sorted, kept, accumulator, combine);
        }
        List<Index> indices = new ArrayList<>(kept);
        List<Variable> accumulators = new ArrayList<>();
        List<Variable> loops = new ArrayList<>();
        for (int axis : sorted) {
            accumulators.add(accumulator.get());
            loops.add(nest().open("k", operand.shape().dim(axis)));
            indices.add(axis, Index.of(loops.getLast()));
        }
        Expr element = elements.at(operand, indices);
        for (int depth = loops.size() - 1; depth >= 0; depth--) {
            Variable total = accumulators.get(depth);
            nest().add(new Stmt.Assign(total, new Binary(combine, Expr.read(total), element)));
            Variable loop = loops.get(depth);
            List<Stmt> body = nest().close();
            nest().add(new Stmt.For(loop, Expr.i32(0), nest().dim(nest().extent(loop).orElseThrow()), 1, body));
            element = Expr.read(total);
        }
        return element;
    }

    /// Of a small window each tap is written out: what a tap finds at the border is known then.
    private boolean isWrittenOut(Value operand, List<Integer> axes) {
        return elements.isWindowed(operand) && axes.stream().map(operand.shape()::dim)
                .mapToInt(dim -> dim.isFixed() ? Math.min(dim.size(), TAPS + 1) : TAPS + 1).reduce(1, (a, b) -> a * b) <= TAPS;
    }

    /// So few elements (of a pool's window, mostly) that each is written out: where it lies is known then, and needs no division.
    private static boolean isFew(Dim size) {
        return size.isFixed() && size.size() <= FEW;
    }

    /// The same as the loops, in the same order.
    private Expr writtenOut(Value operand, List<Integer> axes, List<Index> outer, Supplier<Variable> accumulator, BinaryOp combine) {
        Variable total = accumulator.get();
        for (int tap = 0; tap < operand.shape().dim(axes.getFirst()).size(); tap++) {
            List<Index> indices = new ArrayList<>(outer);
            indices.add(axes.getFirst(), Index.of(tap));
            Expr element = axes.size() == 1
                    ? elements.at(operand, indices)
                    : writtenOut(operand, axes.subList(1, axes.size()), indices, accumulator, combine);
            nest().add(new Stmt.Assign(total, new Binary(combine, Expr.read(total), element)));
        }
        return Expr.read(total);
    }

    Expr argMax(Equation equation, int axis, List<Index> indices) {
        Value operand = equation.operands().getFirst();
        List<Index> source = new ArrayList<>(indices);
        source.add(axis, Index.ZERO);
        Variable best = nest().var("best", elements.at(operand, source));
        Variable where = nest().var("where", Expr.i32(0));
        if (isWrittenOut(operand, List.of(axis)) || isFew(operand.shape().dim(axis))) {
            for (int tap = 1; tap < operand.shape().dim(axis).size(); tap++) {
                larger(operand, Movement.replace(source, axis, Index.of(tap)), Expr.i32(tap), best, where);
            }
            return Expr.read(where);
        }
        Variable k = nest().open("k", operand.shape().dim(axis));
        larger(operand, Movement.replace(source, axis, Index.of(k)), Expr.read(k), best, where);
        List<Stmt> body = nest().close();
        nest().add(new Stmt.For(k, Expr.i32(1), nest().dim(operand.shape().dim(axis)), 1, body));
        return Expr.read(where);
    }

    /// Strictly greater: the first of equal maxima stays. A NaN is never greater, and never beaten.
    private void larger(Value operand, List<Index> indices, Expr place, Variable best, Variable where) {
        Expr element = elements.at(operand, indices);
        Expr greater = new Binary(BinaryOp.LESS, Expr.read(best), element);
        nest().add(new Stmt.Assign(where, new Expr.Select(greater, place, Expr.read(where))));
        nest().add(new Stmt.Assign(best, new Expr.Select(greater, element, Expr.read(best))));
    }

    /// The contract in its plainest form: `acc = fma(a, b, acc)` from 0, ascending, in chunks, whose sums are added ascending, and +0 at last, which makes
    /// -0 a +0.
    Expr contraction(Equation equation, Contraction op, List<Index> indices) {
        Labels labels = Labels.of(equation);
        Map<Integer, Index> index = new HashMap<>();
        for (int axis = 0; axis < indices.size(); axis++) {
            index.put(op.result().get(axis), indices.get(axis));
        }
        ElementType type = equation.results().getFirst().type().element();
        Dim size = labels.contractedSize();
        Expr end = nest().dim(size);
        Expr chunk = Expr.i32(Labels.CHUNK);
        boolean several = !size.isFixed() || size.size() > Labels.CHUNK;
        Variable total = chunkSum(equation, op, labels, index, type, Expr.i32(0), several ? Nest.min(end, chunk) : end);
        if (several) {
            Variable from = nest().open("c", size);
            Expr to = nest().let("to", Nest.min(end, Expr.add(Expr.read(from), chunk)));
            Variable sum = chunkSum(equation, op, labels, index, type, Expr.read(from), to);
            nest().add(new Stmt.Assign(total, Expr.add(Expr.read(total), Expr.read(sum))));
            List<Stmt> body = nest().close();
            nest().add(new Stmt.For(from, chunk, end, Labels.CHUNK, body));
        }
        return Expr.add(Expr.read(total), new Expr.Literal(type, 0));
    }

    private Variable chunkSum(Equation equation, Contraction op, Labels labels, Map<Integer, Index> outer, ElementType type, Expr from,
            Expr to) {
        Variable sum = nest().var("acc", new Expr.Literal(type, 0));
        Variable k = nest().open("k", labels.contractedSize());
        Map<Integer, Index> index = new HashMap<>(outer);
        List<Index> parts = Movement.split(nest(), Index.of(k), labels.contractedDims());
        for (int i = 0; i < parts.size(); i++) {
            index.put(labels.contracted().get(i), parts.get(i));
        }
        Expr a = elements.at(equation.operands().getFirst(), op.left().stream().map(index::get).toList());
        Expr b = elements.at(equation.operands().getLast(), op.right().stream().map(index::get).toList());
        nest().add(new Stmt.Assign(sum, new Expr.Fma(a, b, Expr.read(sum))));
        List<Stmt> body = nest().close();
        nest().add(new Stmt.For(k, from, to, 1, body));
        return sum;
    }
}
