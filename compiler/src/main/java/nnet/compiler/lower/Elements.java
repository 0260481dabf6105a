package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.tensor.ArgMax;
import nnet.compiler.tensor.Attention;
import nnet.compiler.tensor.AttentionPullback;
import nnet.compiler.tensor.BatchSum;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Concatenate;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Elementwise;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Gather;
import nnet.compiler.tensor.Iota;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Orthonormalize;
import nnet.compiler.tensor.Pad;
import nnet.compiler.tensor.RandomUniform;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Reverse;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.ScatterAdd;
import nnet.compiler.tensor.Size;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.StopGradient;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Window;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// What one element of a tensor is, as code: loaded where the tensor has a place, else computed from elements of the operands. So every operation that
/// is a function of the index fuses into whatever asks for its elements, and movement of data costs index arithmetic only.
final class Elements {

    final Nest nest;
    private final Map<Value, Equation> definitions;
    private final Function<Value, Optional<Place>> memory;
    private final Map<Value, Place> local = new HashMap<>();
    private final Folds folds = new Folds(this);

    private record Key(Value value, List<Index> indices) {
    }

    Elements(Nest nest, Map<Value, Equation> definitions, Function<Value, Optional<Place>> memory) {
        this.nest = nest;
        this.definitions = definitions;
        this.memory = memory;
    }

    /// From here on the value is found at this place.
    void placed(Value value, Place place) {
        local.put(value, place);
    }

    /// The element has been computed: `expr`.
    void known(Value value, List<Index> indices, Expr expr) {
        nest.remember(new Key(value, indices), expr);
    }

    Expr at(Value value, List<Index> indices) {
        Key key = new Key(value, indices);
        Expr known = nest.recall(key);
        if (known == null) {
            known = place(value).map(place -> load(place, indices)).orElseGet(() -> compute(value, indices));
            nest.remember(key, known);
        }
        return known;
    }

    /// The element, without a name for what is loaded: a local of the JVM would have to be known at each test of a bound behind it.
    Expr once(Value value, List<Index> indices) {
        return place(value).<Expr>map(place -> new Expr.Load(place.buffer(), nest.expr(place.offset(indices))))
                .orElseGet(() -> at(value, indices));
    }

    /// Whether the last axis holds few taps of windows: then results lie side by side in vectors, not taps. So few are added one after the other in any case.
    boolean holdsTaps(Value value) {
        Dim last = value.shape().dims().getLast();
        return last.isFixed() && last.size() <= Folds.LARGEST_WINDOW && isWindowed(value);
    }

    /// Whether a value that is in no memory of its own is made of windows, with nothing but movement between.
    boolean isWindowed(Value value) {
        Equation equation = place(value).isPresent() ? null : definitions.get(value);
        return equation != null && (equation.op() instanceof Window
                || (equation.op() instanceof Transpose || equation.op() instanceof Reshape) && isWindowed(equation.operands().getFirst()));
    }

    private Expr load(Place place, List<Index> indices) {
        return nest.let("x", new Expr.Load(place.buffer(), nest.expr(place.offset(indices))));
    }

    private Optional<Place> place(Value value) {
        return Optional.ofNullable(local.get(value)).or(() -> memory.apply(value));
    }

    /// The element from its definition, even if the value has a place.
    Expr compute(Value value, List<Index> indices) {
        Equation equation = definitions.get(value);
        if (equation == null) {
            throw new IllegalStateException(value + " has neither a place nor a definition");
        }
        Optional<Expr> alias = reinterpret(equation, indices);
        if (alias.isPresent()) {
            return alias.get();
        }
        Optional<List<Index>> source = Movement.source(nest, equation, indices);
        return source.isPresent() ? at(equation.operands().getFirst(), source.get()) : operation(equation, indices);
    }

    /// A reshape of what lies in memory in row-major order is the same memory: no division to find the element.
    private Optional<Expr> reinterpret(Equation equation, List<Index> indices) {
        if (!(equation.op() instanceof Reshape)) {
            return Optional.empty();
        }
        Value operand = equation.operands().getFirst();
        Value result = equation.results().getFirst();
        return place(operand)
                .filter(place -> place.equals(Place.rowMajor(place.buffer(), operand.shape())))
                .map(place -> load(Place.rowMajor(place.buffer(), result.shape()), indices));
    }

    private Expr operation(Equation equation, List<Index> indices) {
        ElementType type = equation.results().getFirst().type().element();
        return switch (equation.op()) {
            case Elementwise op ->
                nest.let(op.mnemonic(), op.loop(equation.operands().stream().map(operand -> at(operand, indices)).toList()));
            case Constant constant -> new Literal(type, constant.value());
            case Iota iota -> convert(type, nest.expr(indices.get(iota.axis())));
            case Size size -> convert(type, nest.dim(size.dim()));
            case Pad pad -> pad(equation, pad, indices);
            case Window window -> window(equation, window, indices);
            case Concatenate concatenate -> concatenate(equation, concatenate.axis(), indices);
            case Gather gather -> gather(equation, gather.batchAxes(), indices);
            case ScatterAdd scatter -> scatter(equation, scatter.batchAxes(), indices);
            case RandomUniform random -> random(equation, random, indices);
            case Contraction contraction -> folds.contraction(equation, contraction, indices);
            case Sum sum -> folds.sum(equation, sum.axes(), indices);
            case Max max -> folds.max(equation, max.axes(), indices);
            case ArgMax argMax -> folds.argMax(equation, argMax.axis(), indices);
            case Broadcast _,Reshape _,Transpose _,Slice _,Reverse _,BatchSum _,Attention _,AttentionPullback _,Orthonormalize _,StopGradient _,Scan _ ->
                throw new UnsupportedOperationException(equation.op().mnemonic() + " as a function of the index");
        };
    }

    private Expr convert(ElementType type, Expr operand) {
        return operand.type() == type ? operand : nest.let("c", new Expr.Convert(type, operand));
    }

    private Expr pad(Equation equation, Pad pad, List<Index> indices) {
        return inside(equation.operands().getFirst(), indices, pad.axis(), indices.get(pad.axis()).plus(-pad.before()), pad.inner() + 1, 0);
    }

    private Expr window(Equation equation, Window window, List<Index> indices) {
        Value operand = equation.operands().getFirst();
        int axis = window.axis();
        Index place = indices.get(axis).times(window.stride()).plus(indices.get(axis + 1).times(window.dilation())).plus(window.offset());
        List<Index> source = new ArrayList<>(indices);
        if (!window.tapped()) {
            source.remove(axis + 1);
        }
        return inside(operand, source, axis, place, window.divisor(), window.fill());
    }

    /// The element at `place / divisor` of an axis, or `fill` where there is none.
    private Expr inside(Value operand, List<Index> indices, int axis, Index place, int divisor, double fill) {
        nest.use(place);
        Literal outside = new Literal(operand.type().element(), fill);
        return switch (Border.of(nest, place, divisor, operand.shape().dim(axis))) {
            case Border.Inside(Index element) -> at(operand, Movement.replace(indices, axis, element));
            case Border.Outside _ -> outside;
            case Border.Alternating(Expr condition, Index element) ->
                nest.let("inside",
                        new Expr.Select(nest.let("inside", condition), at(operand, Movement.replace(indices, axis, element)), outside));
            case Border.Unknown _ -> tested(operand, indices, axis, place, divisor, outside);
        };
    }

    private Expr tested(Value operand, List<Index> indices, int axis, Index place, int divisor, Literal outside) {
        Expr last = nest.expr(Index.of(operand.shape().dim(axis)).plus(-1));
        Expr from = nest.expr(place);
        Expr element = divisor == 1 ? from : nest.let("q", new Binary(BinaryOp.DIVIDE, from, Expr.i32(divisor)));
        Expr inside = both(lessOrEqual(Expr.i32(0), from), lessOrEqual(element, last));
        if (divisor > 1) {
            inside = both(inside, new Binary(BinaryOp.EQUAL, new Binary(BinaryOp.REMAINDER, from, Expr.i32(divisor)), Expr.i32(0)));
        }
        Index clamped = Movement.variable(nest, "i", clamp(element, last));
        Expr value = at(operand, Movement.replace(indices, axis, clamped));
        return nest.let("inside", new Expr.Select(nest.let("inside", inside), value, outside));
    }

    private Expr concatenate(Equation equation, int axis, List<Index> indices) {
        Expr position = nest.let("i", nest.expr(indices.get(axis)));
        Index start = Index.of(equation.results().getFirst().shape().dim(axis));
        Expr result = null;
        for (Value operand : equation.operands().reversed()) {
            Index size = Index.of(operand.shape().dim(axis));
            start = start.minus(size);
            boolean isSingle = operand.shape().dim(axis).equals(Dim.ONE);
            Index inside = isSingle
                    ? Index.ZERO
                    : Movement.variable(nest, "i", clamp(nest.expr(indices.get(axis).minus(start)), nest.expr(size.plus(-1))));
            Expr element = at(operand, Movement.replace(indices, axis, inside));
            result = result == null
                    ? element
                    : nest.let("cat", new Expr.Select(new Binary(BinaryOp.LESS, position, nest.expr(start.plus(size))), element, result));
        }
        return result;
    }

    /// data `[B..., n, R...]`, indices `[B..., I...]`
    private Expr gather(Equation equation, int batchAxes, List<Index> indices) {
        Value data = equation.operands().getFirst();
        Value picks = equation.operands().getLast();
        List<Index> source = new ArrayList<>(indices.subList(0, batchAxes));
        source.add(pick(picks, indices.subList(0, picks.shape().rank()), data.shape().dim(batchAxes)));
        source.addAll(indices.subList(picks.shape().rank(), indices.size()));
        return at(data, source);
    }

    private Index pick(Value picks, List<Index> indices, Dim size) {
        return Movement.variable(nest, "pick", clamp(at(picks, indices), nest.expr(Index.of(size).plus(-1))));
    }

    /// A scatter of one element (no axes I) is that element where the index says so, and 0 elsewhere.
    private Expr scatter(Equation equation, int batchAxes, List<Index> indices) {
        Value updates = equation.operands().getFirst();
        Value picks = equation.operands().getLast();
        if (picks.shape().rank() != batchAxes) {
            throw new IllegalStateException("a scatter over several indices is no function of the index");
        }
        List<Index> batch = indices.subList(0, batchAxes);
        List<Index> source = new ArrayList<>(batch);
        source.addAll(indices.subList(batchAxes + 1, indices.size()));
        Expr pick = nest.expr(pick(picks, batch, equation.results().getFirst().shape().dim(batchAxes)));
        Expr here = new Binary(BinaryOp.EQUAL, nest.expr(indices.get(batchAxes)), pick);
        Expr value = at(updates, source);
        return nest.let("scatter", new Expr.Select(here, value, new Literal(value.type(), 0)));
    }

    private Expr random(Equation equation, RandomUniform random, List<Index> indices) {
        Value key = equation.operands().getFirst();
        Expr element = nest.expr(Index.linear(indices, equation.results().getFirst().shape()));
        return Threefry.uniform(nest, at(key, List.of(Index.of(0))), at(key, List.of(Index.of(1))), at(key, List.of(Index.of(2))),
                element, random.site(), equation.results().getFirst().type().element());
    }

    static Expr clamp(Expr value, Expr last) {
        return new Binary(BinaryOp.MAX, Expr.i32(0), new Binary(BinaryOp.MIN, value, last));
    }

    private static Expr lessOrEqual(Expr left, Expr right) {
        return new Binary(BinaryOp.LESS_EQUAL, left, right);
    }

    private static Expr both(Expr left, Expr right) {
        return new Binary(BinaryOp.AND, left, right);
    }
}
