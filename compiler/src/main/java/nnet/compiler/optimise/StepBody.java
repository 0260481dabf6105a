package nnet.compiler.optimise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;

/// The body of a scan while work moves out of it: what is left in the steps, what they read and emit, and where their values lie outside.
///
/// Values of the body keep their identity: one that is computed before the scan becomes an element of a new sequence.
final class StepBody {

    /// A carried value: in the body, before the first step, at the end of a step, and after the last step as it was called.
    record Carry(Value inside, Value first, Value next, Value result) {

        Carry from(Value other) {
            return new Carry(inside, other, next, result);
        }

        private Carry to(Value other) {
            return new Carry(inside, first, other, result);
        }
    }

    final Builder builder;
    final Dim length;
    final List<Carry> carries = new ArrayList<>();
    /// What the steps read: an element of a sequence for each, or the same in all of them.
    final Set<Value> sequences = new LinkedHashSet<>();
    final Set<Value> constants = new LinkedHashSet<>();
    /// What values of the body are outside: for every step an element, or if they are `steady`, the same for all.
    final Map<Value, Value> outer = new HashMap<>();
    final Set<Value> steady = new HashSet<>();
    List<Equation> equations;
    /// What is asked for, by the result as it was called: the value in the body.
    final Map<Value, Value> emitted = new LinkedHashMap<>();
    /// What the steps emit for those who compute behind the scan.
    final Set<Value> stacked = new LinkedHashSet<>();
    private final Scan scan;
    /// The first sequence, which tells the length, inside and outside.
    private final Value element;
    private final Value counted;
    /// The number of the next value of the body.
    private int next;

    /// @param around what defines the values outside
    /// @param live the results that are needed
    StepBody(Builder builder, Map<Value, Equation> around, Equation equation, List<Value> live) {
        this.builder = builder;
        scan = (Scan) equation.op();
        element = scan.body().inputs().get(scan.carries()).value();
        counted = equation.operands().get(scan.carries());
        length = counted.shape().dim(0);
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
    }

    /// The number of a value that is new in the body.
    int fresh() {
        return next++;
    }

    /// Another value takes the place of one of the body.
    void replace(Value old, Value other) {
        equations.replaceAll(equation -> new Equation(equation.results(), equation.op(),
                equation.operands().stream().map(operand -> operand.equals(old) ? other : operand).toList()));
        carries.replaceAll(carry -> carry.next.equals(old) ? carry.to(other) : carry);
        emitted.replaceAll((_, value) -> value.equals(old) ? other : value);
    }

    /// How often each value of the body is read: by its equations, by the next step, by those who asked.
    Map<Value, Integer> uses() {
        Map<Value, Integer> uses = new HashMap<>();
        equations.forEach(equation -> equation.operands().forEach(operand -> uses.merge(operand, 1, Integer::sum)));
        carries.forEach(carry -> uses.merge(carry.next, 1, Integer::sum));
        emitted.values().forEach(value -> uses.merge(value, 1, Integer::sum));
        stacked.forEach(value -> uses.merge(value, 1, Integer::sum));
        return uses;
    }

    /// Which operands of an equation differ from step to step.
    List<Boolean> varying(Equation equation) {
        return equation.operands().stream().map(operand -> !steady.contains(operand)).toList();
    }

    /// Computes an equation whose operands are known outside there, for all steps at once.
    void computeOutside(Equation equation) {
        Value first = equation.results().getFirst();
        builder.at(first.span(), first.hint());
        List<Boolean> varying = varying(equation);
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

    /// Removes what no result depends on.
    void prune(List<Value> live) {
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

    /// Keeps a sequence, though the steps read none any more: it tells how many there are.
    void keepLength() {
        if (sequences.isEmpty()) {
            sequences.add(element);
            outer.put(element, counted);
            equations.removeIf(one -> one.results().contains(element));
        }
    }

    /// Adds the scan of what is left in the steps.
    ///
    /// @param results receives what is carried, by the result as it was called
    /// @return what the scan emits, by the value of the body
    Map<Value, Value> add(Map<Value, Value> results) {
        Map<Value, Value> stacks = new HashMap<>();
        emitted.values().stream().filter(value -> !outer.containsKey(value)).forEach(stacked::add);
        if (carries.isEmpty() && stacked.isEmpty()) {
            return stacks;
        }
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
        return stacks;
    }
}
