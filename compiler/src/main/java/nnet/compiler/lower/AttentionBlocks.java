package nnet.compiler.lower;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.schedule.Target;
import nnet.compiler.tensor.Attention;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// What attention and its pullback share: queries lie side by side in the lanes of vectors, keys one after the other, so nothing is ever combined across lanes, and a
/// query is computed by the same operations wherever it stands. Blocks are fixed numbers, part of the definition of `Attention`.
final class AttentionBlocks {

    /// Keys of a block, and queries of a block unless there are fewer.
    static final int BLOCK = 64;
    /// Lanes of the widest vector: fewer queries are padded to a multiple of it.
    private static final int UNIT = 16;

    final Draft draft;
    final Nest nest;
    final Attention op;
    final Map<Integer, Dim> sizes;
    final ElementType type;
    final SmallProduct product;
    /// Queries of a block.
    final int lanes;
    /// For each lane the position up to which its query sees keys.
    private final Buffer reach;
    private final List<Value> operands;

    /// A block of queries.
    ///
    /// @param around the index of each label around
    /// @param query  the first query
    /// @param count  how many
    record Queries(Map<Integer, Index> around, Index query, Expr count) {
    }

    /// @param operands those of the attention: queries, keys, values, then mask and position, if there are any
    AttentionBlocks(Draft draft, Attention op, List<Value> operands, Target target) {
        this.draft = draft;
        this.op = op;
        this.operands = operands;
        nest = draft.nest;
        sizes = op.sizes(operands.stream().map(Value::type).toList());
        type = operands.getFirst().type().element();
        lanes = Math.min(BLOCK, Cuts.roundUp(size(Attention.QUERY), UNIT));
        product = new SmallProduct(draft, type, target);
        reach = scratch(lanes);
    }

    int size(int label) {
        return sizes.get(label).size();
    }

    Buffer scratch(int size) {
        return draft.formals.scratch(type, size);
    }

    Cuts over(int limit) {
        return new Cuts(nest, limit);
    }

    /// Blocks of queries.
    int blocks() {
        return Math.ceilDiv(size(Attention.QUERY), lanes);
    }

    Queries queries(Map<Integer, Index> around, Index block) {
        Index query = block.times(lanes);
        return new Queries(around, query, count(size(Attention.QUERY), lanes, query));
    }

    private Expr count(int size, int block, Index start) {
        return size % block == 0 || size < block
                ? Expr.i32(Math.min(size, block))
                : nest.let("count", Nest.min(nest.expr(Index.of(size).minus(start)), Expr.i32(block)));
    }

    /// Blocks of keys in order, without those of which no query of the block sees any.
    void overKeys(Queries queries, BiConsumer<Index, Expr> body) {
        int all = size(Attention.KEY);
        Expr end = Expr.i32(all);
        if (op.causal()) {
            Expr last = Expr.add(position(queries), nest.expr(queries.query().plus(Movement.variable(nest, "count", queries.count()))));
            end = nest.let("end", Nest.min(end, last));
        }
        int trips = Math.ceilDiv(all, BLOCK);
        Variable from = nest.open("keys", Dim.of(all), Expr.i32(op.causal() ? (trips + 1) / 2 : trips));
        body.accept(Index.of(from), count(all, BLOCK, Index.of(from)));
        List<Stmt> statements = nest.close();
        nest.add(new Stmt.For(from, Expr.i32(0), end, BLOCK, statements));
    }

    private Expr position(Queries queries) {
        return element(operands.getLast(), op.position(), queries.around(), Map.of());
    }

    /// Writes down how far each query sees.
    void reach(Queries queries) {
        if (op.causal()) {
            Expr first = nest.let("first", Expr.add(position(queries), nest.expr(queries.query())));
            over(lanes).vector(Expr.i32(lanes), UNIT, j -> nest.store(reach, j,
                    new Expr.Convert(type, nest.let("p", Expr.add(first, nest.expr(j))))));
        }
    }

    /// The score of a key with the query of a lane, or that of what is not seen.
    Expr seen(Queries queries, Expr score, Index key, Index lane) {
        Expr unseen = new Expr.Literal(type, Attention.UNSEEN);
        Expr there = op.mask().isEmpty() ? score : new Expr.Select(isThere(queries, key), score, unseen);
        if (!op.causal()) {
            return there;
        }
        Expr at = nest.let("at", new Expr.Convert(type, nest.expr(key)));
        return new Expr.Select(new Binary(BinaryOp.LESS_EQUAL, at, load(reach, lane)), there, unseen);
    }

    Expr isThere(Queries queries, Index key) {
        return element(operands.get(3), op.mask(), queries.around(), Map.of(Attention.KEY, key));
    }

    Expr query(Queries queries, Index lane, Index feature) {
        Expr plain = element(operands.get(0), op.query(), queries.around(),
                Map.of(Attention.QUERY, queries.query().plus(lane), Attention.FEATURE, feature));
        return op.scale() == 1 ? plain : Expr.multiply(plain, new Expr.Literal(type, op.scale()));
    }

    Expr key(Map<Integer, Index> around, Index key, Index feature) {
        return element(operands.get(1), op.key(), around, Map.of(Attention.KEY, key, Attention.FEATURE, feature));
    }

    Expr value(Map<Integer, Index> around, Index key, Index out) {
        return element(operands.get(2), op.value(), around, Map.of(Attention.KEY, key, Attention.OUT, out));
    }

    Expr element(Value value, List<Integer> labels, Map<Integer, Index> around, Map<Integer, Index> own) {
        return draft.elements.at(value, indices(labels, around, own));
    }

    /// The index of each label.
    static Map<Integer, Index> point(List<Integer> labels, List<Index> indices) {
        Map<Integer, Index> point = new HashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            point.put(labels.get(i), indices.get(i));
        }
        return point;
    }

    static List<Index> indices(List<Integer> labels, Map<Integer, Index> around, Map<Integer, Index> own) {
        Map<Integer, Index> point = new HashMap<>(around);
        point.putAll(own);
        return labels.stream().map(point::get).toList();
    }

    Expr load(Buffer buffer, Index index) {
        return nest.let("x", new Expr.Load(buffer, nest.expr(index)));
    }

    /// Every lane of a block, the padding too.
    void lanes(Consumer<Index> body) {
        over(lanes).vector(Expr.i32(lanes), BLOCK, body);
    }

    /// Copies rows of queries into columns.
    void turned(String name, Expr count, int size, Buffer to, BiFunction<Index, Index, Expr> element) {
        over(lanes).section(name, () -> over(lanes).each("i", count,
                lane -> over(size).each("f", Expr.i32(size), f -> nest.store(to, f.times(lanes).plus(lane), element.apply(lane, f)))));
    }

    void fill(Buffer buffer, int size, double value) {
        over(size).section("clear",
                () -> over(size).vector(Expr.i32(size), UNIT, j -> nest.store(buffer, j, new Expr.Literal(type, value))));
    }
}
