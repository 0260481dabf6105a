package nnet.compiler.optimise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import nnet.compiler.tensor.Add;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.DeadCode;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Multiply;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.TensorType;

/// Builds a graph anew. Every operation passes through `add`, which gives the value that is there already (common sub-expressions are found by record equality), or
/// what the first rewrite that applies makes of it, or a new equation.
final class Rewriter {

    /// Rewrites within rewrites; far more than any needs. Those that undo each other are a mistake of ours: tests fail, users get a graph that is less simple.
    private static final int DEEPEST = 100;

    private final List<Rewrite> rewrites;
    private final Builder builder;
    private final Map<Key, List<Value>> known = new HashMap<>();
    private final Map<Value, Equation> definitions = new HashMap<>();
    /// Uses in the graph that is being rewritten, and uses so far in the new one (some may turn out dead).
    private final Map<Value, Integer> oldUses = new HashMap<>();
    private final Map<Value, Integer> newUses = new HashMap<>();
    private int depth;

    private record Key(Op op, List<Value> operands) {
    }

    private Rewriter(String name, List<Rewrite> rewrites) {
        this.builder = new Builder(name);
        this.rewrites = rewrites;
    }

    /// The graph after one walk through it, without dead code.
    ///
    /// @param nested what to do with graphs inside of operations
    static Graph rewrite(Graph graph, List<Rewrite> rewrites, UnaryOperator<Graph> nested) {
        Rewriter rewriter = new Rewriter(graph.name(), rewrites);
        Map<Value, Value> values = new HashMap<>();
        Map<Value, Integer> uses = countUses(graph);
        for (Graph.Input input : graph.inputs()) {
            rewriter.builder.at(input.value().span(), input.value().hint());
            values.put(input.value(), rewriter.builder.input(input.name(), input.role(), input.value().type()));
        }
        for (Equation equation : graph.equations()) {
            Value first = equation.results().getFirst();
            rewriter.builder.at(first.span(), first.hint());
            List<Value> operands = equation.operands().stream().map(values::get).toList();
            List<Value> results = rewriter.addAll(nest(equation.op(), nested), operands);
            for (int i = 0; i < results.size(); i++) {
                values.put(equation.results().get(i), results.get(i));
                rewriter.oldUses.merge(results.get(i), uses.getOrDefault(equation.results().get(i), 0), Integer::sum);
            }
        }
        graph.outputs().forEach(output -> rewriter.builder.output(output.name(), output.role(), values.get(output.value())));
        return DeadCode.remove(rewriter.builder.build());
    }

    private static Map<Value, Integer> countUses(Graph graph) {
        Map<Value, Integer> uses = new HashMap<>();
        graph.equations().forEach(equation -> equation.operands().forEach(operand -> uses.merge(operand, 1, Integer::sum)));
        graph.outputs().forEach(output -> uses.merge(output.value(), 1, Integer::sum));
        return uses;
    }

    private static Op nest(Op op, UnaryOperator<Graph> nested) {
        return op instanceof Scan scan ? new Scan(nested.apply(scan.body()), scan.carries(), scan.sequences(), scan.reverse()) : op;
    }

    Value add(Op op, Value... operands) {
        return addAll(op, List.of(operands)).getFirst();
    }

    Value add(Op op, List<Value> operands) {
        return addAll(op, operands).getFirst();
    }

    List<Value> addAll(Op op, List<Value> given) {
        List<Value> operands = ordered(op, given);
        Key key = new Key(op, operands);
        if (known.containsKey(key) && op.isPure()) {
            return known.get(key);
        }
        List<Value> results = op instanceof Scan
                ? insert(op, operands)
                : rewritten(op, operands).map(List::of).orElseGet(() -> insert(op, operands));
        known.put(key, results);
        return results;
    }

    private Optional<Value> rewritten(Op op, List<Value> operands) {
        for (Rewrite rewrite : rewrites) {
            assert depth < DEEPEST : "rewrites go in circles, at last " + rewrite.name() + " at " + op;
            depth++;
            Optional<Value> value = depth > DEEPEST ? Optional.empty() : rewrite.rule().apply(this, op, operands);
            depth--;
            if (value.isPresent()) {
                TensorType expected = op.infer(operands.stream().map(Value::type).toList()).getFirst();
                if (!value.get().type().equals(expected)) {
                    throw new IllegalStateException(rewrite.name() + " makes " + value.get().type() + " of " + expected);
                }
                return value;
            }
        }
        return Optional.empty();
    }

    private List<Value> insert(Op op, List<Value> operands) {
        List<Value> results = builder.addAll(op, operands);
        Equation equation = new Equation(results, op, operands);
        results.forEach(result -> definitions.put(result, equation));
        operands.forEach(operand -> newUses.merge(operand, 1, Integer::sum));
        return results;
    }

    /// Sums and products have one order of operands, so that equal ones are found: constants last, otherwise the older value first. IEEE addition and multiplication do
    /// not depend on it.
    private List<Value> ordered(Op op, List<Value> operands) {
        if (!(op instanceof Add || op instanceof Multiply)) {
            return operands;
        }
        boolean swap = constant(operands.get(0)).isPresent()
                || constant(operands.get(1)).isEmpty() && operands.get(0).id() > operands.get(1).id();
        return swap ? operands.reversed() : operands;
    }

    // Where values come from.

    /// The operation that made a value; empty for inputs and results of operations with several.
    Optional<Op> op(Value value) {
        return Optional.ofNullable(definitions.get(value)).filter(equation -> equation.results().size() == 1).map(Equation::op);
    }

    boolean is(Value value, Class<? extends Op> op) {
        Equation equation = definitions.get(value);
        return equation != null && op.isInstance(equation.op()) && equation.results().size() == 1;
    }

    <T extends Op> Optional<T> as(Value value, Class<T> op) {
        return is(value, op) ? Optional.of(op.cast(definitions.get(value).op())) : Optional.empty();
    }

    /// An operand of the operation that made a value.
    Value operand(Value value, int index) {
        return definitions.get(value).operands().get(index);
    }

    List<Value> operands(Value value) {
        return definitions.get(value).operands();
    }

    /// The one value that a tensor has everywhere.
    OptionalDouble constant(Value value) {
        return as(value, Constant.class).map(constant -> OptionalDouble.of(constant.value())).orElse(OptionalDouble.empty());
    }

    boolean isConstant(Value value, double number) {
        OptionalDouble constant = constant(value);
        return constant.isPresent() && constant.getAsDouble() == number;
    }

    /// Whether nobody but the operation that is about to be added uses the value, as far as is known.
    boolean isUsedOnce(Value value) {
        return oldUses.getOrDefault(value, 1) <= 1 && newUses.getOrDefault(value, 0) == 0;
    }

    /// The same of a value that an operation uses that is there already.
    boolean isUsedOnceInside(Value value) {
        return oldUses.getOrDefault(value, 1) <= 1 && newUses.getOrDefault(value, 0) <= 1;
    }

    Value like(Value value, double number) {
        return add(new Constant(value.type(), number));
    }

    /// Both operands of a binary operation in both orders.
    static List<List<Value>> bothOrders(List<Value> operands) {
        return List.of(operands, operands.reversed());
    }
}
