package nnet.compiler.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import nnet.compiler.tensor.Graph.Role;

/// Builds the scan that pulls a scan back. Only floating-point values have cotangents.
///
/// The inputs of its body are, in the order that a scan demands: cotangents of the carries and sums for the constants (carried); saved carries, elements of the
/// sequences, saved products, cotangents of what was emitted (sequences); constants. Its outputs: cotangents of the carries one step earlier, larger sums; cotangents of the elements.
final class ScanPullback {

    private final Scan scan;
    private final Equation equation;
    private final Builder outer;
    private final Builder inner;
    /// Operands of the new scan, in step with the inputs of its body.
    private final List<Value> operands = new ArrayList<>();
    /// For each value of the body of the scan its value in the new body.
    private final Map<Value, Value> body = new HashMap<>();
    /// Cotangents of values in the new body.
    private final Map<Value, Value> seeds = new HashMap<>();

    ScanPullback(Scan scan, Equation equation, Builder builder) {
        this.scan = scan;
        this.equation = equation;
        this.outer = builder;
        this.inner = new Builder("pullback_of_" + scan.body().name());
    }

    List<Optional<Value>> build(List<Optional<Value>> cotangents) {
        int constantsFrom = scan.carries() + scan.sequences();
        List<Integer> carries = floating(0, scan.carries());
        List<Integer> elements = floating(scan.carries(), constantsFrom);
        List<Integer> constants = floating(constantsFrom, equation.operands().size());

        List<Value> carried = carries.stream().map(i -> input("d" + i, cotangents.get(i).orElseGet(() -> zeros(i)), zeros(i))).toList();
        List<Value> sums = constants.stream().map(i -> input("sum" + i, zeros(i), zeros(i))).toList();
        List<Value> saved = scan.saved();
        int firstSaved = equation.results().size() - saved.size();
        IntStream.range(0, scan.carries()).forEach(i -> bodyInput(i, equation.results().get(firstSaved + i)));
        IntStream.range(scan.carries(), constantsFrom).forEach(i -> bodyInput(i, equation.operands().get(i)));
        IntStream.range(scan.carries(), saved.size())
                .forEach(i -> body.put(saved.get(i), input("saved" + i, equation.results().get(firstSaved + i), saved.get(i))));
        List<Integer> emits = IntStream.range(scan.carries(), cotangents.size()).filter(i -> cotangents.get(i).isPresent()).boxed()
                .toList();
        List<Value> emitted = emits.stream().map(i -> input("d_emitted" + i, cotangents.get(i).orElseThrow(), bodyOutput(i))).toList();
        IntStream.range(constantsFrom, equation.operands().size()).forEach(i -> bodyInput(i, equation.operands().get(i)));

        List<Equation> equations = scan.body().equations().stream().map(this::inline).toList();
        IntStream.range(0, carries.size()).forEach(k -> seed(bodyOutput(carries.get(k)), carried.get(k)));
        IntStream.range(0, emits.size()).forEach(k -> seed(bodyOutput(emits.get(k)), emitted.get(k)));
        List<Integer> asked = new ArrayList<>(carries);
        asked.addAll(constants);
        asked.addAll(elements);
        List<Value> found = pullStep(equations, asked);
        for (int k = 0; k < found.size(); k++) {
            int constant = k - carries.size();
            boolean isConstant = constant >= 0 && constant < sums.size();
            inner.output("d" + asked.get(k), Role.DATA, isConstant ? inner.plus(sums.get(constant), found.get(k)) : found.get(k));
        }
        int sequences = saved.size() + scan.sequences() + emits.size();
        Scan pullback = new Scan(DeadCode.remove(inner.build()), carries.size() + constants.size(), sequences, !scan.reverse());
        List<Value> results = outer.addAll(pullback, operands);
        List<Optional<Value>> pulled = new ArrayList<>(Collections.nCopies(equation.operands().size(), Optional.empty()));
        IntStream.range(0, asked.size()).forEach(k -> pulled.set(asked.get(k), Optional.of(results.get(k))));
        return pulled;
    }

    /// The operands in the range that have cotangents.
    private List<Integer> floating(int from, int to) {
        return IntStream.range(from, to).filter(i -> equation.operands().get(i).type().element().isFloating()).boxed().toList();
    }

    private Value zeros(int operand) {
        return outer.like(equation.operands().get(operand), 0);
    }

    private Value bodyOutput(int index) {
        return scan.body().outputs().get(index).value();
    }

    /// An input of the new body with the type of `inside`, for an operand of the new scan.
    private Value input(String name, Value operand, Value inside) {
        operands.add(operand);
        return inner.input(name, Role.DATA, inside.type());
    }

    private void bodyInput(int index, Value operand) {
        Graph.Input input = scan.body().inputs().get(index);
        body.put(input.value(), input(input.name(), operand, input.value()));
    }

    private Equation inline(Equation inside) {
        Value first = inside.results().getFirst();
        List<Value> mapped = inside.operands().stream().map(body::get).toList();
        if (body.containsKey(first)) {
            return new Equation(List.of(body.get(first)), inside.op(), mapped);
        }
        List<Value> results = inner.at(first.span(), first.hint()).addAll(inside.op(), mapped);
        IntStream.range(0, results.size()).forEach(i -> body.put(inside.results().get(i), results.get(i)));
        return new Equation(results, inside.op(), mapped);
    }

    private void seed(Value output, Value cotangent) {
        seeds.merge(body.get(output), cotangent, inner::plus);
    }

    /// The cotangents of inputs of the body of the scan, zeros where nothing flows.
    private List<Value> pullStep(List<Equation> equations, List<Integer> asked) {
        List<Value> inputs = asked.stream().map(i -> body.get(scan.body().inputs().get(i).value())).toList();
        List<Optional<Value>> found = Pullback.sweep(inner, equations, seeds, inputs);
        return IntStream.range(0, inputs.size()).mapToObj(k -> found.get(k).orElseGet(() -> inner.like(inputs.get(k), 0))).toList();
    }
}
