package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
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
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;

/// The pullback of attention. Weights are computed again for one block of queries and one of keys at a time. It is parallel over whatever keys and values do not share
/// (examples and heads), so that their cotangents are summed in one order.
final class AttentionPullbackKernel {

    private final Draft draft;
    private final Nest nest;
    private final Attention op;
    private final Equation equation;
    private final AttentionBlocks blocks;
    private final int lanes;
    private final int features;
    private final int outs;
    /// A block of queries, scaled, and of cotangents of means: as columns for all lanes, and as rows.
    private final Buffer queries;
    private final Buffer queryRows;
    private final Buffer cotangents;
    private final Buffer cotangentRows;
    private final Buffer largest;
    private final Buffer logarithms;
    private final Buffer common;
    /// For all keys of a block and all lanes: weights, and the cotangents of scores.
    private final Buffer weights;
    private final Buffer slopes;
    private final Buffer dQueries;

    private AttentionPullbackKernel(Draft draft, Equation equation, Attention op, Target target) {
        this.draft = draft;
        this.equation = equation;
        this.op = op;
        nest = draft.nest;
        List<Value> operands = new ArrayList<>(equation.operands().subList(0, 3));
        operands.addAll(equation.operands().subList(7, equation.operands().size()));
        blocks = new AttentionBlocks(draft, op, operands, target);
        lanes = blocks.lanes;
        features = blocks.size(Attention.FEATURE);
        outs = blocks.size(Attention.OUT);
        queries = blocks.scratch(features * lanes);
        queryRows = blocks.scratch(features * lanes);
        cotangents = blocks.scratch(outs * lanes);
        cotangentRows = blocks.scratch(outs * lanes);
        largest = blocks.scratch(lanes);
        logarithms = blocks.scratch(lanes);
        common = blocks.scratch(lanes);
        weights = blocks.scratch(AttentionBlocks.BLOCK * lanes);
        slopes = blocks.scratch(AttentionBlocks.BLOCK * lanes);
        dQueries = blocks.scratch(features * lanes);
    }

    static KernelCall lower(Draft draft, Equation equation, Attention op, Target target) {
        AttentionPullbackKernel kernel = new AttentionPullbackKernel(draft, equation, op, target);
        return draft.finish("attention_pullback", kernel.emit());
    }

    private Expr emit() {
        List<Integer> own = op.around().stream().filter(label -> op.key().contains(label) && op.value().contains(label)).toList();
        List<Integer> inside = op.around().stream().filter(label -> !own.contains(label)).toList();
        List<Expr> counts = own.reversed().stream().map(label -> nest.size(blocks.sizes.get(label))).toList();
        Map<Integer, Index> around = AttentionBlocks.point(own.reversed(), Grid.split(nest, counts));
        clear(1, op.key(), around);
        clear(2, op.value(), around);
        over(inside, around);
        return Grid.extent(counts);
    }

    /// Zeros for the sums of one iteration of the parallel loop.
    private void clear(int result, List<Integer> labels, Map<Integer, Index> around) {
        if (isWanted(result)) {
            List<Integer> free = labels.stream().filter(label -> !around.containsKey(label)).toList();
            List<Dim> dims = free.stream().map(blocks.sizes::get).toList();
            Place place = draft.target(equation.results().get(result));
            blocks.over(1).section("clear",
                    () -> RowLoops.over(nest, dims, inner -> nest.store(place.buffer(),
                            place.offset(AttentionBlocks.indices(labels, around, AttentionBlocks.point(free, inner))),
                            new Expr.Literal(blocks.type, 0))));
        }
    }

    /// Loops over the labels inside, then over blocks of queries.
    private void over(List<Integer> inside, Map<Integer, Index> around) {
        Dim size = inside.isEmpty() ? Dim.of(blocks.blocks()) : blocks.sizes.get(inside.getFirst());
        Variable index = nest.open("b", size);
        if (inside.isEmpty()) {
            block(blocks.queries(around, Index.of(index)));
        } else {
            Map<Integer, Index> point = new HashMap<>(around);
            point.put(inside.getFirst(), Index.of(index));
            over(inside.subList(1, inside.size()), point);
        }
        List<Stmt> body = nest.close();
        nest.add(new Stmt.For(index, Expr.i32(0), nest.dim(size), 1, body));
    }

    private void block(Queries block) {
        load(block);
        blocks.overKeys(block, (from, count) -> {
            Side keys = new Side(count, AttentionBlocks.BLOCK);
            weights(block, from, keys);
            slopes(block, from, keys);
            if (isWanted(2)) {
                addUp("d_values", block, from, keys, 2, weights, cotangentRows);
            }
            if (isWanted(1)) {
                addUp("d_keys", block, from, keys, 1, slopes, queryRows);
            }
            if (isWanted(0)) {
                blocks.product.emit("d_queries", Side.of(features), Side.of(lanes), keys, op.key().getLast() == Attention.KEY,
                        (feature, key) -> blocks.key(block.around(), from.plus(key), feature),
                        (key, lane) -> blocks.load(slopes, key.times(lanes).plus(lane)), (feature, lane, sum) -> {
                            Index place = feature.times(lanes).plus(lane);
                            nest.store(dQueries, place, Expr.add(blocks.load(dQueries, place), sum));
                        });
            }
        });
        if (isWanted(0)) {
            Place target = draft.target(equation.results().getFirst());
            blocks.over(lanes).section("store", () -> blocks.over(lanes).each("i", block.count(),
                    lane -> blocks.over(features).each("f", Expr.i32(features),
                            feature -> nest.store(target.buffer(), target.offset(AttentionBlocks.indices(op.query(), block.around(),
                                    Map.of(Attention.QUERY, block.query().plus(lane), Attention.FEATURE, feature))),
                                    Expr.multiply(blocks.load(dQueries, feature.times(lanes).plus(lane)),
                                            new Expr.Literal(blocks.type, op.scale()))))));
        }
    }

    private void load(Queries block) {
        blocks.reach(block);
        blocks.fill(dQueries, features * lanes, 0);
        blocks.turned("queries", block.count(), features, queries, (lane, feature) -> blocks.query(block, lane, feature));
        blocks.turned("cotangents", block.count(), outs, cotangents, (lane, out) -> cotangent(block, lane, out));
        rows("query_rows", block, features, queryRows, (lane, feature) -> blocks.query(block, lane, feature));
        rows("cotangent_rows", block, outs, cotangentRows, (lane, out) -> cotangent(block, lane, out));
        statistic(block, largest, equation.operands().get(4));
        statistic(block, logarithms, equation.operands().get(5));
        statistic(block, common, equation.operands().get(6));
    }

    private Expr cotangent(Queries block, Index lane, Index out) {
        return blocks.element(equation.operands().get(3), op.result(), block.around(),
                Map.of(Attention.QUERY, block.query().plus(lane), Attention.OUT, out));
    }

    private void rows(String name, Queries block, int size, Buffer to, BiFunction<Index, Index, Expr> element) {
        blocks.over(lanes).section(name, () -> blocks.over(lanes).each("i", block.count(), lane -> blocks.over(size)
                .vector(Expr.i32(size), AttentionBlocks.BLOCK, j -> nest.store(to, lane.times(size).plus(j), element.apply(lane, j)))));
    }

    private void statistic(Queries block, Buffer to, Value from) {
        blocks.over(lanes).section("statistic", () -> blocks.over(lanes).vector(block.count(), AttentionBlocks.BLOCK,
                lane -> nest.store(to, lane, blocks.element(from, op.statistics(), block.around(),
                        Map.of(Attention.QUERY, block.query().plus(lane))))));
    }

    /// weight = e^(score - largest - logarithm)
    private void weights(Queries block, Index from, Side keys) {
        blocks.product.emit("scores", keys, Side.of(lanes), Side.of(features), op.key().getLast() == Attention.FEATURE,
                (key, feature) -> blocks.key(block.around(), from.plus(key), feature),
                (feature, lane) -> blocks.load(queries, feature.times(lanes).plus(lane)),
                (key, lane, score) -> nest.store(weights, key.times(lanes).plus(lane), blocks.seen(block, score, from.plus(key), lane)));
        blocks.over(keys.limit()).section("powers", () -> blocks.over(keys.limit()).each("k", keys.count(), key -> blocks.lanes(lane -> {
            Index place = key.times(lanes).plus(lane);
            Expr below = new Binary(BinaryOp.SUBTRACT, blocks.load(weights, place), blocks.load(largest, lane));
            nest.store(weights, place,
                    new Expr.Call(Expr.Function.EXP, new Binary(BinaryOp.SUBTRACT, below, blocks.load(logarithms, lane))));
        })));
    }

    /// d score = weight (do . v - D), and 0 where a score is a constant.
    private void slopes(Queries block, Index from, Side keys) {
        blocks.product.emit("slopes", keys, Side.of(lanes), Side.of(outs), op.value().getLast() == Attention.OUT,
                (key, out) -> blocks.value(block.around(), from.plus(key), out),
                (out, lane) -> blocks.load(cotangents, out.times(lanes).plus(lane)), (key, lane, sum) -> {
                    Index place = key.times(lanes).plus(lane);
                    Expr slope = Expr.multiply(blocks.load(weights, place),
                            new Binary(BinaryOp.SUBTRACT, sum, blocks.load(common, lane)));
                    nest.store(slopes, place, op.mask().isEmpty()
                            ? slope
                            : new Expr.Select(blocks.isThere(block, from.plus(key)), slope, new Expr.Literal(blocks.type, 0)));
                });
    }

    /// Adds what the queries of the block give to the sums for keys or values: their rows, each times the factor of a key.
    private void addUp(String name, Queries block, Index from, Side keys, int result, Buffer factors, Buffer rows) {
        List<Integer> labels = result == 1 ? op.key() : op.value();
        int label = result == 1 ? Attention.FEATURE : Attention.OUT;
        int size = blocks.size(label);
        Place place = draft.target(equation.results().get(result));
        draft.read(equation.results().get(result));
        blocks.product.emit(name, keys, Side.of(size), new Side(block.count(), lanes), true,
                (key, lane) -> blocks.load(factors, key.times(lanes).plus(lane)),
                (lane, column) -> blocks.load(rows, lane.times(size).plus(column)), (key, column, sum) -> {
                    Index at = place
                            .offset(AttentionBlocks.indices(labels, block.around(), Map.of(Attention.KEY, from.plus(key), label, column)));
                    nest.store(place.buffer(), at, Expr.add(new Expr.Load(place.buffer(), nest.expr(at)), sum));
                });
    }

    private boolean isWanted(int result) {
        return draft.cluster.roots().contains(equation.results().get(result));
    }
}
