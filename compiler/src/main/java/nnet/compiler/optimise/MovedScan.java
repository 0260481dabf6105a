package nnet.compiler.optimise;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nnet.compiler.tensor.Add;
import nnet.compiler.tensor.ArgMax;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Gather;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.ScatterAdd;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;

/// One scan, from which work moves before and behind it.
///
/// Values of the body keep their identity: one that is computed before the scan becomes an element of a new sequence.
final class MovedScan {

    /// A carried value: in the body, before the first step, at the end of a step, and after the last step as it was called.
    private record Carry(Value inside, Value first, Value next, Value result) {
    }

    /// The sum of `terms` over all steps, and what there was before the first.
    private record Total(Value result, Value first, List<Value> terms) {
    }

    /// A scan of fewer steps does not make up for laying out a matrix.
    private static final int FEW_STEPS = 8;

    private final Builder builder;
    private final Scan scan;
    private final Dim length;
    private final List<Carry> carries = new ArrayList<>();
    /// Inputs of the body.
    private final Set<Value> sequences = new LinkedHashSet<>();
    private final Set<Value> constants = new LinkedHashSet<>();
    /// What values of the body are outside: for every step an element, or if they are `steady`, the same for all.
    private final Map<Value, Value> outer = new HashMap<>();
    private final Set<Value> steady = new HashSet<>();
    private List<Equation> equations;
    /// What is asked for, by the result as it was called: the value in the body.
    private final Map<Value, Value> emitted = new LinkedHashMap<>();
    /// What is computed behind the scan: by the result as it was called, the value of the body that it would have emitted.
    private final Map<Value, Value> sunk = new LinkedHashMap<>();
    private final List<Total> totals = new ArrayList<>();
    /// The equations of what is computed behind the scan.
    private final Map<Value, Equation> behind = new HashMap<>();
    /// What the scan emits, and after it has been built, what that is outside.
    private final Set<Value> stacked = new LinkedHashSet<>();
    private final Map<Value, Value> stacks = new HashMap<>();
    /// The number of the next value of the body.
    private int next;

    MovedScan(Builder builder, Map<Value, Equation> around, Equation equation, List<Value> live, boolean lays) {
        this.builder = builder;
        scan = (Scan) equation.op();
        length = equation.operands().get(scan.carries()).shape().dim(0);
        equations = new ArrayList<>(scan.body().equations());
        for (int i = 0; i < equation.operands().size(); i++) {
            Value inside = scan.body().inputs().get(i).value();
            Value operand = equation.operands().get(i);
            Optional<Constant> constant = Optional.ofNullable(around.get(operand)).map(Equation::op).filter(Constant.class::isInstance)
                    .map(Constant.class::cast);
            if (i < scan.carries()) {
                carries.add(new Carry(inside, operand, scan.body().outputs().get(i).value(), equation.results().get(i)));
            } else if (constant.isPresent()) {
                equations.addFirst(new Equation(List.of(inside), new Constant(inside.type(), constant.get().value()), List.of()));
            } else {
                outer.put(inside, operand);
                (i < scan.carries() + scan.sequences() ? sequences : constants).add(inside);
            }
        }
        steady.addAll(constants);
        next = 1 + Stream.concat(scan.body().inputs().stream().map(Graph.Input::value),
                equations.stream().flatMap(one -> one.results().stream())).mapToInt(Value::id).max().orElse(0);
        for (int i = scan.carries(); i < equation.results().size(); i++) {
            if (live.contains(equation.results().get(i))) {
                emitted.put(equation.results().get(i), scan.body().outputs().get(i).value());
            }
        }
        Value any = equation.operands().get(scan.carries());
        Value element = scan.body().inputs().get(scan.carries()).value();
        prune(live);
        hoist();
        sink();
        if (lays && (!length.isFixed() || length.size() >= FEW_STEPS)) {
            turn();
        }
        prune(live);
        if (sequences.isEmpty()) {
            // The length of a scan is that of its first sequence.
            sequences.add(element);
            outer.put(element, any);
            equations.removeIf(one -> one.results().contains(element));
        }
    }

    /// The values that take the place of the results that are needed.
    Map<Value, Value> build() {
        Map<Value, Value> results = new HashMap<>();
        emitted.values().stream().filter(value -> !outer.containsKey(value)).forEach(stacked::add);
        if (!carries.isEmpty() || !stacked.isEmpty()) {
            add(results);
        }
        emitted.forEach((result, value) -> results.put(result, outside(value, true)));
        sunk.forEach((result, value) -> results.put(result, outside(value, true)));
        totals.forEach(total -> results.put(total.result, total(total)));
        return results;
    }

    private void add(Map<Value, Value> results) {
        List<Graph.Input> inputs = new ArrayList<>();
        List<Graph.Output> outputs = new ArrayList<>();
        List<Value> operands = new ArrayList<>();
        for (Carry carry : carries) {
            inputs.add(new Graph.Input("carry" + inputs.size(), Role.DATA, carry.inside));
            outputs.add(new Graph.Output("carry" + outputs.size(), Role.DATA, carry.next));
            operands.add(carry.first);
        }
        Stream.concat(sequences.stream(), constants.stream()).forEach(value -> {
            inputs.add(new Graph.Input("given" + inputs.size(), Role.DATA, value));
            operands.add(outer.get(value));
        });
        stacked.forEach(value -> outputs.add(new Graph.Output("emitted" + outputs.size(), Role.DATA, value)));
        Graph body = new Graph(scan.body().name(), inputs, equations, outputs);
        List<Value> made = builder.addAll(new Scan(body, carries.size(), sequences.size(), scan.reverse()), operands);
        for (int i = 0; i < carries.size(); i++) {
            results.put(carries.get(i).result, made.get(i));
        }
        int emits = carries.size();
        for (Value value : stacked) {
            stacks.put(value, made.get(emits++));
        }
    }

    /// Removes what no result depends on.
    private void prune(List<Value> live) {
        Set<Value> needed = new HashSet<>(emitted.values());
        needed.addAll(stacked);
        carries.stream().filter(carry -> live.contains(carry.result)).forEach(carry -> needed.add(carry.next));
        int before;
        do {
            before = needed.size();
            for (Equation equation : equations.reversed()) {
                if (equation.results().stream().anyMatch(needed::contains)) {
                    needed.addAll(equation.operands());
                }
            }
            carries.stream().filter(carry -> needed.contains(carry.inside)).forEach(carry -> needed.add(carry.next));
        } while (needed.size() > before);
        carries.removeIf(carry -> !needed.contains(carry.inside) && !live.contains(carry.result));
        equations = new ArrayList<>(equations.stream().filter(one -> one.results().stream().anyMatch(needed::contains)).toList());
        sequences.retainAll(needed);
        constants.retainAll(needed);
    }

    // Before the scan.

    /// Computes before the scan what depends on nothing that is carried and is heavy, and for that what it depends on.
    private void hoist() {
        Set<Value> free = new HashSet<>(outer.keySet());
        List<Equation> movable = new ArrayList<>();
        for (Equation equation : equations) {
            if (free.containsAll(equation.operands())) {
                free.addAll(equation.results());
                movable.add(equation);
            }
        }
        Set<Value> wanted = new HashSet<>();
        for (Equation equation : movable.reversed()) {
            if (moves(equation) || equation.results().stream().anyMatch(wanted::contains)) {
                wanted.addAll(equation.results());
                wanted.addAll(equation.operands());
            }
        }
        for (Equation equation : movable) {
            if (wanted.containsAll(equation.results())) {
                hoist(equation);
            }
            // What is cheap is rather computed again in each step than kept for all of them.
            if (moves(equation)) {
                equations.remove(equation);
                (steady.contains(equation.results().getFirst()) ? constants : sequences).addAll(equation.results());
            }
        }
    }

    private boolean moves(Equation equation) {
        return isHeavy(equation.op()) || carries.isEmpty();
    }

    private void hoist(Equation equation) {
        Value first = equation.results().getFirst();
        builder.at(first.span(), first.hint());
        List<Boolean> varying = equation.operands().stream().map(operand -> !steady.contains(operand)).toList();
        List<Value> operands = equation.operands().stream().map(outer::get).toList();
        boolean varies = varying.contains(true);
        List<Value> results = varies
                ? equation.op().batch(builder, length, operands, varying)
                : builder.addAll(equation.op(), operands);
        for (int i = 0; i < results.size(); i++) {
            outer.put(equation.results().get(i), results.get(i));
        }
        if (!varies) {
            steady.addAll(equation.results());
        }
    }

    private static boolean isHeavy(Op op) {
        return op instanceof Contraction || op instanceof Sum || op instanceof Max || op instanceof ArgMax || op instanceof Gather
                || op instanceof ScatterAdd || op instanceof Scan;
    }

    /// A matrix that every step multiplies by is laid out once before the scan as the steps read it.
    private void turn() {
        for (Equation equation : List.copyOf(equations)) {
            if (equation.op() instanceof Contraction product && Layout.of(product, equation.operands()).isPresent()
                    && constants.contains(equation.operands().get(1))) {
                Layout layout = Layout.of(product, equation.operands()).get();
                Value matrix = equation.operands().get(1);
                Value laid = layout.matrix(builder, outer.get(matrix));
                Value inside = new Value(next++, laid.type(), matrix.hint(), matrix.span());
                outer.put(inside, laid);
                constants.add(inside);
                steady.add(inside);
                int at = equations.indexOf(equation);
                equations.remove(at);
                equations.addAll(at, layout.product(equation, inside, next++));
            }
        }
    }

    // Behind the scan.

    /// Computes behind the scan what no step needs: products that are emitted, and products and sums that are added up.
    private void sink() {
        Map<Value, Equation> definitions = new HashMap<>();
        equations.forEach(equation -> equation.results().forEach(value -> definitions.put(value, equation)));
        equations.stream().filter(equation -> equation.op() instanceof Constant && !outer.containsKey(equation.results().getFirst()))
                .forEach(this::hoist);
        totals(definitions).forEach(total -> {
            carries.removeIf(carry -> carry.result.equals(total.result));
            totals.add(total);
            total.terms.forEach(term -> definitions.get(term).operands().forEach(this::ask));
        });
        Map<Value, Integer> uses = uses();
        for (Map.Entry<Value, Value> entry : List.copyOf(emitted.entrySet())) {
            Equation equation = definitions.get(entry.getValue());
            if (equation != null && equation.op() instanceof Contraction && uses.get(entry.getValue()) == 1 && variesByStep(equation)) {
                emitted.remove(entry.getKey());
                sunk.put(entry.getKey(), entry.getValue());
                equation.operands().forEach(this::ask);
                behind.put(entry.getValue(), equation);
            }
        }
        totals.forEach(total -> total.terms.forEach(term -> behind.put(term, definitions.get(term))));
    }

    /// Carries to which products and sums are added in each step, and which, like these, nothing else uses. Several may share a term.
    private List<Total> totals(Map<Value, Equation> definitions) {
        Map<Value, Integer> uses = uses();
        List<Total> found = new ArrayList<>();
        for (Carry carry : carries) {
            List<Value> terms = new ArrayList<>();
            terms(carry.next, uses, definitions, terms);
            if (uses.getOrDefault(carry.inside, 0) == 1 && terms.remove(carry.inside) && !terms.isEmpty()) {
                found.add(new Total(carry.result, carry.first, terms));
            }
        }
        int before;
        do {
            before = found.size();
            Map<Value, Integer> added = new HashMap<>();
            found.forEach(total -> total.terms.forEach(term -> added.merge(term, 1, Integer::sum)));
            found.removeIf(total -> !total.terms.stream()
                    .allMatch(term -> isAddable(definitions.get(term)) && uses.get(term).equals(added.get(term))));
        } while (found.size() < before);
        return found;
    }

    private Map<Value, Integer> uses() {
        Map<Value, Integer> uses = new HashMap<>();
        equations.forEach(equation -> equation.operands().forEach(operand -> uses.merge(operand, 1, Integer::sum)));
        carries.forEach(carry -> uses.merge(carry.next, 1, Integer::sum));
        emitted.values().forEach(value -> uses.merge(value, 1, Integer::sum));
        stacked.forEach(value -> uses.merge(value, 1, Integer::sum));
        return uses;
    }

    /// The terms of a sum of sums, each of which nobody else uses.
    private static void terms(Value value, Map<Value, Integer> uses, Map<Value, Equation> definitions, List<Value> terms) {
        Equation equation = definitions.get(value);
        if (equation != null && equation.op() instanceof Add && uses.get(value) == 1) {
            equation.operands().forEach(operand -> terms(operand, uses, definitions, terms));
        } else {
            terms.add(value);
        }
    }

    private boolean isAddable(Equation equation) {
        return equation != null && (equation.op() instanceof Contraction || equation.op() instanceof Sum) && variesByStep(equation);
    }

    private boolean variesByStep(Equation equation) {
        return equation.operands().stream().anyMatch(operand -> !steady.contains(operand));
    }

    /// Lets the scan emit what is needed behind it.
    private void ask(Value value) {
        if (!outer.containsKey(value)) {
            stacked.add(value);
        }
    }

    /// A value of the body for all steps, where it lies outside.
    private Value outside(Value value, boolean everyStep) {
        Value known = outer.getOrDefault(value, stacks.get(value));
        if (known == null) {
            Equation equation = behind.get(value);
            builder.at(value.span(), value.hint());
            List<Boolean> varying = equation.operands().stream().map(operand -> !steady.contains(operand)).toList();
            return equation.op().batch(builder, length, operands(equation), varying).getFirst();
        }
        return everyStep && steady.contains(value) ? builder.broadcast(known, known.shape().prepend(length)) : known;
    }

    private List<Value> operands(Equation equation) {
        return equation.operands().stream().map(operand -> outside(operand, false)).toList();
    }

    private Value total(Total total) {
        Value sum = total.first;
        for (Value term : total.terms) {
            builder.at(term.span(), term.hint());
            sum = builder.plus(sum, overSteps(behind.get(term)));
        }
        return sum;
    }

    /// The sum over all steps.
    private Value overSteps(Equation equation) {
        List<Value> operands = operands(equation);
        return switch (equation.op()) {
            case Contraction product -> {
                int step = 1 + Stream.of(product.left(), product.right()).flatMap(List::stream).max(Integer::compare).orElse(-1);
                List<Integer> left = labels(product.left(), equation.operands().get(0), step);
                List<Integer> right = labels(product.right(), equation.operands().get(1), step);
                yield builder.add(new Contraction(left, right, product.result()), operands.get(0), operands.get(1));
            }
            case Sum sum -> {
                List<Integer> axes = new ArrayList<>(Collections.singletonList(0));
                sum.axes().forEach(axis -> axes.add(axis + 1));
                yield builder.add(new Sum(axes), operands.getFirst());
            }
            default -> throw new IllegalStateException(equation.op().mnemonic() + " is not added up behind a scan");
        };
    }

    private List<Integer> labels(List<Integer> labels, Value operand, int step) {
        return !steady.contains(operand) ? Stream.concat(Stream.of(step), labels.stream()).toList() : labels;
    }
}
