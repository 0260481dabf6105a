package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.lower.AttentionBlocks.Queries;
import nnet.compiler.lower.SmallProduct.Side;
import nnet.compiler.schedule.Target;
import nnet.compiler.tensor.Attention;
import nnet.compiler.tensor.Equation;

/// Attention for blocks of queries, over which the kernel is parallel. Of the scores only those of one block of keys are there at a time, in the nearest cache.
final class AttentionKernel {

    private final Draft draft;
    private final Nest nest;
    private final Attention op;
    private final Equation equation;
    private final AttentionBlocks blocks;
    private final int lanes;
    private final int features;
    private final int outs;
    /// Queries, scaled: their features one after the other, each for all lanes.
    private final Buffer queries;
    /// Scores and then their powers, for all keys of a block.
    private final Buffer scores;
    /// For each lane the largest score so far, the sum of powers so far, and what both must be multiplied by since the last block.
    private final Buffer largest;
    private final Buffer sum;
    private final Buffer correction;
    /// Sums of weighted values.
    private final Buffer means;

    private AttentionKernel(Draft draft, Equation equation, Attention op, Target target) {
        this.draft = draft;
        this.equation = equation;
        this.op = op;
        nest = draft.nest;
        blocks = new AttentionBlocks(draft, op, equation.operands(), target);
        lanes = blocks.lanes;
        features = blocks.size(Attention.FEATURE);
        outs = blocks.size(Attention.OUT);
        queries = blocks.scratch(features * lanes);
        scores = blocks.scratch(AttentionBlocks.BLOCK * lanes);
        largest = blocks.scratch(lanes);
        sum = blocks.scratch(lanes);
        correction = blocks.scratch(lanes);
        means = blocks.scratch(outs * lanes);
    }

    static KernelCall lower(Draft draft, Equation equation, Attention op, Target target) {
        AttentionKernel kernel = new AttentionKernel(draft, equation, op, target);
        return draft.finish("attention", kernel.emit());
    }

    private Expr emit() {
        List<Integer> around = op.around().reversed();
        List<Expr> counts = new ArrayList<>(List.of(Expr.i32(blocks.blocks())));
        around.forEach(label -> counts.add(nest.size(blocks.sizes.get(label))));
        List<Index> indices = Grid.split(nest, counts);
        block(blocks.queries(AttentionBlocks.point(around, indices.subList(1, indices.size())), indices.getFirst()));
        return Grid.extent(counts);
    }

    private void block(Queries block) {
        blocks.turned("queries", block.count(), features, queries, (lane, feature) -> blocks.query(block, lane, feature));
        blocks.reach(block);
        blocks.fill(largest, lanes, Double.NEGATIVE_INFINITY);
        blocks.fill(sum, lanes, 0);
        blocks.fill(means, outs * lanes, 0);
        blocks.overKeys(block, (from, count) -> {
            Side keys = new Side(count, AttentionBlocks.BLOCK);
            blocks.product.emit("scores", keys, Side.of(lanes), Side.of(features), op.key().getLast() == Attention.FEATURE,
                    (key, feature) -> blocks.key(block.around(), from.plus(key), feature),
                    (feature, lane) -> blocks.load(queries, feature.times(lanes).plus(lane)),
                    (key, lane, score) -> nest.store(scores, key.times(lanes).plus(lane), blocks.seen(block, score, from.plus(key), lane)));
            blocks.over(lanes).section("powers", () -> blocks.lanes(lane -> powers(count, lane)));
            blocks.product.emit("means", Side.of(outs), Side.of(lanes), keys, op.value().getLast() == Attention.KEY,
                    (out, key) -> blocks.value(block.around(), from.plus(key), out),
                    (key, lane) -> blocks.load(scores, key.times(lanes).plus(lane)), this::add);
        });
        finish(block);
    }

    /// The powers of a block of scores, relative to the largest so far.
    private void powers(Expr count, Index lane) {
        Expr old = blocks.load(largest, lane);
        Variable top = nest.var("top", old);
        each(count, key -> nest.add(new Stmt.Assign(top, new Binary(BinaryOp.MAX, Expr.read(top), score(key, lane)))));
        Expr change = nest.let("change", power(old, top));
        Variable total = nest.var("total", Expr.multiply(blocks.load(sum, lane), change));
        each(count, key -> {
            Expr power = nest.let("power", power(score(key, lane), top));
            nest.store(scores, key.times(lanes).plus(lane), power);
            nest.add(new Stmt.Assign(total, Expr.add(Expr.read(total), power)));
        });
        nest.store(largest, lane, Expr.read(top));
        nest.store(correction, lane, change);
        nest.store(sum, lane, Expr.read(total));
    }

    private void each(Expr count, Consumer<Index> body) {
        blocks.over(AttentionBlocks.BLOCK).each("k", count, body);
    }

    private Expr score(Index key, Index lane) {
        return new Expr.Load(scores, nest.expr(key.times(lanes).plus(lane)));
    }

    private static Expr power(Expr score, Variable top) {
        return new Expr.Call(Expr.Function.EXP, new Binary(BinaryOp.SUBTRACT, score, Expr.read(top)));
    }

    private void add(Index out, Index lane, Expr sums) {
        Index place = out.times(lanes).plus(lane);
        nest.store(means, place, Expr.add(Expr.multiply(blocks.load(means, place), blocks.load(correction, lane)), sums));
    }

    private void finish(Queries block) {
        blocks.over(outs).section("divide", () -> blocks.over(outs).each("f", Expr.i32(outs), out -> blocks.lanes(lane -> {
            Index place = out.times(lanes).plus(lane);
            nest.store(means, place, new Binary(BinaryOp.DIVIDE, blocks.load(means, place), blocks.load(sum, lane)));
        })));
        if (isWanted(0)) {
            Place target = draft.target(equation.results().getFirst());
            blocks.over(lanes).section("store", () -> blocks.over(lanes).each("i", block.count(),
                    lane -> blocks.over(outs).each("f", Expr.i32(outs), out -> nest.store(target.buffer(), target.offset(AttentionBlocks
                            .indices(op.result(), block.around(), Map.of(Attention.QUERY, block.query().plus(lane), Attention.OUT, out))),
                            blocks.load(means, out.times(lanes).plus(lane))))));
        }
        statistic(block, 1, lane -> blocks.load(largest, lane));
        statistic(block, 2, lane -> new Expr.Call(Expr.Function.LOG, blocks.load(sum, lane)));
    }

    private void statistic(Queries block, int result, Function<Index, Expr> value) {
        if (isWanted(result)) {
            Place target = draft.target(equation.results().get(result));
            blocks.over(lanes).section("statistic",
                    () -> blocks.over(lanes).vector(block.count(), AttentionBlocks.BLOCK, lane -> nest.store(
                            target.buffer(), target.offset(AttentionBlocks.indices(op.statistics(), block.around(),
                                    Map.of(Attention.QUERY, block.query().plus(lane)))),
                            value.apply(lane))));
        }
    }

    private boolean isWanted(int result) {
        return draft.cluster.roots().contains(equation.results().get(result));
    }
}
