package nnet.compiler.advance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import nnet.compiler.tensor.And;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Compare;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Iota;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Window;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Turns the program for a whole sequence of tokens into the program `next` for one token more: each element of a sequence is computed once.
///
/// What depends on the tokens has an axis that runs along with them, its *row axis*, and only the row of the newest token is computed. Where an operation needs all rows
/// (the keys and values of attention), or some (the window of a causal convolution), those of earlier tokens are kept: an input `past.0` holds them, an output
/// `past.0.new` holds them with the new row. The carries of a scan are kept in the same way. `position` says how many tokens came before.
///
/// Appears: `position`, the past. Disappears: the axis of the tokens. Relies on a program in which no row depends on later tokens, which cannot be seen here: who uses
/// `next` compares it with the whole program. A row is computed by the same operations in the same order as in the whole program, so it has the same bits.
public final class Advance {

    public static final String PROGRAM = "next";

    private final Builder builder = new Builder(PROGRAM);
    private final Constants constants;
    private final Value position;
    /// What depends on the tokens.
    private final Set<Value> moving = new HashSet<>();
    /// The row axes of values that have one.
    private final Map<Value, Integer> axes = new HashMap<>();
    /// The newest rows: 1 at the row axis.
    private final Map<Value, Value> newest = new HashMap<>();
    /// All rows so far.
    private final Map<Value, Value> all = new HashMap<>();
    private int kept;

    private Advance(Graph graph) {
        position = builder.input("position", Role.CONTROL, TensorType.scalar(ElementType.I32));
        constants = new Constants(builder, graph, position);
    }

    /// The program for the next token of a graph with one input of tokens, `i32[n]`; empty where its outputs do not have a row for each token, or something in between has none.
    public static Optional<Graph> advance(Graph graph) {
        Graph.Input tokens = graph.inputs().stream().filter(input -> input.role() == Role.DATA).findFirst().orElseThrow();
        Advance advance = new Advance(graph);
        advance.tokens(tokens);
        graph.equations().forEach(advance::equation);
        return graph.outputs().stream().allMatch(advance::output) ? Optional.of(advance.builder.build()) : Optional.empty();
    }

    private void tokens(Graph.Input tokens) {
        Value value = tokens.value();
        builder.at(value.span(), value.hint());
        Value token = builder.input(tokens.name(), Role.DATA, value.type().withShape(Shape.SCALAR));
        add(value, 0, builder.add(new Reshape(Shape.of(1)), token));
    }

    private void add(Value value, int axis, Value row) {
        moving.add(value);
        axes.put(value, axis);
        newest.put(value, row);
    }

    private boolean output(Graph.Output output) {
        if (axes.getOrDefault(output.value(), Along.NONE) != 0) {
            return false;
        }
        Shape shape = output.value().shape();
        builder.at(output.value().span(), output.name());
        builder.output(output.name(), output.role(), builder.add(new Reshape(without(shape, 0)), newest.get(output.value())));
        return true;
    }

    private void equation(Equation equation) {
        if (equation.operands().stream().noneMatch(moving::contains)) {
            return;
        }
        moving.addAll(equation.results());
        if (equation.operands().stream().anyMatch(operand -> moving.contains(operand) && !axes.containsKey(operand))) {
            return;
        }
        Value first = equation.results().getFirst();
        builder.at(first.span(), first.hint());
        if (equation.op() instanceof Scan scan) {
            scan(equation, scan);
            return;
        }
        if (equation.op() instanceof Window window && axes.get(equation.operands().getFirst()) == window.axis()) {
            window(equation, window);
            return;
        }
        int axis = axis(equation);
        if (axis != Along.NONE && equation.results().size() == 1) {
            List<Value> operands = IntStream.range(0, equation.operands().size()).mapToObj(i -> operand(equation, i, axis)).toList();
            add(first, axis, builder.addAll(ofRow(equation.op(), axis), operands).getFirst());
        }
    }

    /// The row axis of a result: where the first row axis of an operand that goes on goes to. Of two, as in the products of queries and keys, the first is that of the
    /// rows, the other runs over all of them.
    private int axis(Equation equation) {
        return IntStream.range(0, equation.operands().size()).filter(i -> axes.containsKey(equation.operands().get(i)))
                .map(i -> Along.toResult(equation, i).get(axes.get(equation.operands().get(i)))).filter(axis -> axis != Along.NONE)
                .findFirst().orElse(Along.NONE);
    }

    /// What an operand is for the row of a result: its own row, or all rows; and of what runs along with the result in another way, the part at the position.
    private Value operand(Equation equation, int number, int axis) {
        Value operand = equation.operands().get(number);
        List<Integer> toResult = Along.toResult(equation, number);
        int along = toResult.indexOf(axis);
        if (!moving.contains(operand)) {
            return along == Along.NONE ? constants.whole(operand) : constants.row(operand, along);
        }
        if (along == axes.get(operand)) {
            return newest.get(operand);
        }
        Value rows = all.computeIfAbsent(operand, this::keep);
        return along == Along.NONE ? rows : constants.gathered(rows, along);
    }

    /// An operation whose result has one row.
    static Op ofRow(Op op, int axis) {
        return switch (op) {
            case Broadcast(Shape shape, List<Integer> from) -> new Broadcast(one(shape, axis), from);
            case Reshape(Shape shape) -> new Reshape(one(shape, axis));
            default -> op;
        };
    }

    static Shape one(Shape shape, int axis) {
        List<Dim> dims = new ArrayList<>(shape.dims());
        dims.set(axis, Dim.ONE);
        return new Shape(dims);
    }

    private static Shape without(Shape shape, int axis) {
        List<Dim> dims = new ArrayList<>(shape.dims());
        dims.remove(axis);
        return new Shape(dims);
    }

    /// All rows: those of the past with the new one at its position.
    private Value keep(Value value) {
        int axis = axes.get(value);
        Shape shape = value.shape();
        List<Integer> others = IntStream.range(0, shape.rank()).filter(i -> i != axis).boxed().toList();
        Value row = builder.add(new Broadcast(shape, others), builder.add(new Reshape(without(shape, axis)), newest.get(value)));
        Value places = builder.add(new Iota(new TensorType(ElementType.I32, shape), axis));
        Value isNew = builder.compare(Compare.Relation.EQUAL, places, builder.add(new Broadcast(shape, List.of()), position));
        return remember(value.type(), past -> builder.select(isNew, row, past));
    }

    /// The window at the position, of the rows so far. One that looks ahead would see rows that are not there yet.
    private void window(Equation equation, Window window) {
        Value operand = equation.operands().getFirst();
        Value result = equation.results().getFirst();
        int axis = window.axis();
        Dim size = operand.shape().dim(axis);
        if (window.stride() != 1 || window.divisor() != 1 || window.tapped() || !window.positions().equals(size)) {
            return;
        }
        Value rows = all.computeIfAbsent(operand, this::keep);
        Value taps = builder.add(new Iota(new TensorType(ElementType.I32, Shape.of(window.taps())), 0));
        Value first = builder.plus(position, builder.like(position, window.offset()));
        Value places = builder.plus(builder.times(taps, builder.like(taps, window.dilation())), builder.broadcast(first, taps.shape()));
        Value picked = constants.gathered(rows, axis, places);
        Value inside = builder.add(new And(), builder.compare(Compare.Relation.GREATER_EQUAL, places, builder.like(places, 0)),
                builder.compare(Compare.Relation.LESS, places, builder.like(places, size.size())));
        Value seen = builder.select(builder.add(new Broadcast(picked.shape(), List.of(axis)), inside), picked,
                builder.like(picked, window.fill()));
        add(result, axis, builder.add(new Reshape(one(result.shape(), axis)), seen));
    }

    private interface Change {
        Value of(Value past);
    }

    private Value remember(TensorType type, Change change) {
        String name = "past." + kept++;
        Value now = change.of(builder.input(name, Role.DATA, type));
        builder.output(name + ".new", Role.DATA, now);
        return now;
    }

    /// One step: the carries are those of the past, at the first token their first values.
    private void scan(Equation equation, Scan scan) {
        List<Value> operands = equation.operands();
        int rest = scan.carries() + scan.sequences();
        boolean fits = !scan.reverse() && IntStream.range(0, operands.size())
                .allMatch(i -> !moving.contains(operands.get(i)) || i >= scan.carries() && i < rest && axes.get(operands.get(i)) == 0);
        if (!fits) {
            return;
        }
        Value isFirst = builder.compare(Compare.Relation.EQUAL, position, builder.like(position, 0));
        Map<Value, Value> inside = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            Value formal = scan.body().inputs().get(i).value();
            if (i < scan.carries()) {
                names.add("past." + kept++);
                Value past = builder.input(names.getLast(), Role.DATA, formal.type());
                Value here = builder.add(new Broadcast(formal.shape(), List.of()), isFirst);
                inside.put(formal, builder.select(here, constants.whole(operands.get(i)), past));
            } else if (i < rest) {
                Value row = moving.contains(operands.get(i)) ? newest.get(operands.get(i)) : constants.row(operands.get(i), 0);
                inside.put(formal, builder.add(new Reshape(formal.shape()), row));
            } else {
                inside.put(formal, constants.whole(operands.get(i)));
            }
        }
        for (Equation step : scan.body().equations()) {
            List<Value> results = builder.addAll(step.op(), step.operands().stream().map(inside::get).toList());
            IntStream.range(0, results.size()).forEach(i -> inside.put(step.results().get(i), results.get(i)));
        }
        for (int i = 0; i < equation.results().size(); i++) {
            Value value = inside.get(scan.body().outputs().get(i).value());
            if (i < scan.carries()) {
                builder.output(names.get(i) + ".new", Role.DATA, value);
            } else {
                add(equation.results().get(i), 0, builder.add(new Reshape(one(equation.results().get(i).shape(), 0)), value));
            }
        }
    }
}
