package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.fuse.Fuse;
import nnet.compiler.fuse.Fused;
import nnet.compiler.loop.LoopProgram.Command;
import nnet.compiler.loop.LoopProgram.Repeat;
import nnet.compiler.loop.LoopProgram.Share;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;

/// The loop over the steps of a scan, around the kernels of its body. Elements of sequences are read, and what is emitted is written, at the place of the step.
///
/// A carry that is also kept for every step, before or after it, needs no memory of its own: all its values lie one after the other in a stack with one element
/// more than there are steps, and each step reads one and writes the next. Any other carry has one place, which a step writes over, at once or at its end.
final class ScanLoop {

    private final Lower lower;
    private final Scan scan;
    private final Equation equation;
    /// Results that somebody needs.
    private final Set<Value> live;
    /// Homes of the graph around the scan.
    private final Map<Value, Home> places;
    private final int depth;
    private final Dim length;
    private final List<Command> before = new ArrayList<>();
    private final List<Command> after = new ArrayList<>();
    /// Homes of the inputs of the body.
    private final List<Home> inputs = new ArrayList<>();
    /// What the body computes, and where that goes: the carries, then what is emitted.
    private final List<Graph.Output> outputs = new ArrayList<>();
    private final List<Home> targets = new ArrayList<>();
    /// Which emitted values lie in the stack of a carry.
    private final Set<Integer> stacked = new HashSet<>();

    ScanLoop(Lower lower, Scan scan, Equation equation, Set<Value> live, Map<Value, Home> places, int depth) {
        this.lower = lower;
        this.scan = scan;
        this.equation = equation;
        this.live = live;
        this.places = places;
        this.depth = depth;
        length = equation.operands().get(scan.carries()).shape().dim(0);
    }

    List<Command> commands() {
        for (int i = 0; i < scan.carries(); i++) {
            carry(i);
        }
        for (int i = scan.carries(); i < equation.operands().size(); i++) {
            Home home = places.get(equation.operands().get(i));
            inputs.add(i < scan.carries() + scan.sequences() ? home.atStep(depth, size(scan.body().inputs().get(i).value())) : home);
        }
        for (int i = scan.carries(); i < scan.body().outputs().size(); i++) {
            emitted(i);
        }
        List<Command> all = new ArrayList<>(before);
        all.add(loop());
        all.addAll(after);
        return all;
    }

    private static Dim size(Value value) {
        return value.shape().size();
    }

    private Value bodyOutput(int index) {
        return scan.body().outputs().get(index).value();
    }

    private void carry(int index) {
        Value first = equation.operands().get(index);
        Value last = equation.results().get(index);
        List<Integer> kept = kept(index);
        Home start;
        if (kept.isEmpty()) {
            start = places.computeIfAbsent(last, lower.storages::intermediate);
            inputs.add(start);
            targets.add(start);
        } else {
            start = stack(index, kept, last);
        }
        outputs.add(scan.body().outputs().get(index));
        before.add(lower.copy(first, places.get(first), start));
    }

    /// The emitted values that are the carry, as each step finds it or leaves it, and have no place yet.
    private List<Integer> kept(int carry) {
        List<Integer> kept = new ArrayList<>();
        for (int i = scan.carries(); i < scan.body().outputs().size(); i++) {
            Value emitted = bodyOutput(i);
            boolean isCarry = emitted.equals(bodyOutput(carry)) || emitted.equals(scan.body().inputs().get(carry).value());
            Value result = equation.results().get(i);
            if (isCarry && live.contains(result) && !places.containsKey(result)) {
                kept.add(i);
            }
        }
        return kept;
    }

    /// Makes the stack of a carry and returns where its first value belongs.
    private Home stack(int carry, List<Integer> kept, Value last) {
        Dim element = size(last);
        Home stack = lower.storages.intermediate(last, oneMore(length).times(element));
        Home early = stack;
        Home late = stack.plus(element);
        Home found = scan.reverse() ? late : early;
        Home left = scan.reverse() ? early : late;
        inputs.add(found.atStep(depth, element));
        targets.add(left.atStep(depth, element));
        Value input = scan.body().inputs().get(carry).value();
        kept.forEach(i -> places.put(equation.results().get(i), bodyOutput(i).equals(input) ? found : left));
        stacked.addAll(kept);
        Home far = stack.plus(length.times(element));
        Home end = scan.reverse() ? stack : far;
        if (live.contains(last)) {
            Home wanted = places.putIfAbsent(last, end);
            if (wanted != null) {
                after.add(lower.copy(last, end, wanted));
            }
        }
        return scan.reverse() ? far : stack;
    }

    /// At least one more than a dimension: a size is a product.
    private static Dim oneMore(Dim length) {
        return length.isFixed() ? Dim.of(length.size() + 1) : length.times(Dim.of(2));
    }

    private void emitted(int index) {
        Value result = equation.results().get(index);
        if (live.contains(result) && !stacked.contains(index)) {
            Home home = places.computeIfAbsent(result, lower.storages::intermediate);
            outputs.add(scan.body().outputs().get(index));
            targets.add(home.atStep(depth, size(bodyOutput(index))));
        }
    }

    /// The steps one after the other: for all rows, or if no row is made of another, for parts of them.
    private Command loop() {
        Graph body = scan.body();
        Fused fused = Fuse.fuse(new Graph(body.name(), body.inputs(), body.equations(), outputs));
        Overwriting overwriting = new Overwriting(fused);
        Optional<Rowwise> rows = Rowwise.of(fused);
        Storages.Homes homes = new Storages.Homes(rows);
        for (int i = 0; i < inputs.size(); i++) {
            Value value = fused.graph().inputs().get(i).value();
            homes.places().put(value, homes.part(inputs.get(i), value));
        }
        for (int i = 0; i < targets.size(); i++) {
            Value value = fused.graph().outputs().get(i).value();
            boolean replaces = i < scan.carries() && targets.get(i).equals(inputs.get(i));
            boolean direct = !replaces || overwriting.mayReplace(fused.graph().inputs().get(i).value(), value);
            (direct ? homes.places() : homes.copies()).put(value, homes.part(targets.get(i), value));
        }
        Repeat steps = new Repeat(depth, length, scan.reverse(), lower.commands(fused, homes, overwriting, depth + 1));
        return rows.<Command>map(shared -> new Share(shared.symbol(), shared.cost(body, length), List.of(steps))).orElse(steps);
    }
}
