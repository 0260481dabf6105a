package nnet.compiler.optimise;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nnet.compiler.tensor.Add;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Value;

/// What moves out of the steps of a scan to behind the last of them: products that are emitted, and products and sums that are added up.
final class BehindScan {

    /// The sum of `terms` over all steps, and what there was before the first.
    private record Total(Value result, Value first, List<Value> terms) {
    }

    private final StepBody body;
    /// What is computed behind the scan: by the result as it was called, the value of the body that it would have emitted.
    private final Map<Value, Value> sunk = new LinkedHashMap<>();
    private final List<Total> totals = new ArrayList<>();
    /// The equations of what is computed behind the scan.
    private final Map<Value, Equation> behind = new HashMap<>();
    /// What the scan emits, by the value of the body.
    private Map<Value, Value> stacks = Map.of();

    BehindScan(StepBody body) {
        this.body = body;
    }

    /// Computes behind the scan what no step needs: products that are body.emitted, and products and sums that are added up.
    void sink() {
        Map<Value, Equation> definitions = new HashMap<>();
        body.equations.forEach(equation -> equation.results().forEach(value -> definitions.put(value, equation)));
        body.equations.stream()
                .filter(equation -> equation.op() instanceof Constant && !body.outer.containsKey(equation.results().getFirst()))
                .forEach(body::computeOutside);
        totals(definitions).forEach(total -> {
            body.carries.removeIf(carry -> carry.result().equals(total.result));
            totals.add(total);
            total.terms.forEach(term -> definitions.get(term).operands().forEach(this::ask));
        });
        Map<Value, Integer> uses = body.uses();
        for (Map.Entry<Value, Value> entry : List.copyOf(body.emitted.entrySet())) {
            Equation equation = definitions.get(entry.getValue());
            if (equation != null && equation.op() instanceof Contraction && uses.get(entry.getValue()) == 1 && variesByStep(equation)) {
                body.emitted.remove(entry.getKey());
                sunk.put(entry.getKey(), entry.getValue());
                equation.operands().forEach(this::ask);
                behind.put(entry.getValue(), equation);
            }
        }
        totals.forEach(total -> total.terms.forEach(term -> behind.put(term, definitions.get(term))));
    }

    /// Carries to which products and sums are added in each step, and which, like these, nothing else uses. Several may share a term.
    private List<Total> totals(Map<Value, Equation> definitions) {
        Map<Value, Integer> uses = body.uses();
        List<Total> found = new ArrayList<>();
        for (StepBody.Carry carry : body.carries) {
            List<Value> terms = new ArrayList<>();
            terms(carry.next(), uses, definitions, terms);
            if (uses.getOrDefault(carry.inside(), 0) == 1 && terms.remove(carry.inside()) && !terms.isEmpty()) {
                found.add(new Total(carry.result(), carry.first(), terms));
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
        return body.varying(equation).contains(true);
    }

    /// Lets the scan emit what is needed behind it.
    private void ask(Value value) {
        if (!body.outer.containsKey(value)) {
            body.stacked.add(value);
        }
    }

    /// Computes what was asked of the scan from what it emits.
    ///
    /// @param results receives it, by the result as it was called
    void results(Map<Value, Value> emits, Map<Value, Value> results) {
        stacks = emits;
        body.emitted.forEach((result, value) -> results.put(result, outside(value, true)));
        sunk.forEach((result, value) -> results.put(result, outside(value, true)));
        totals.forEach(total -> results.put(total.result, total(total)));
    }

    /// A value of the body for all steps, where it lies outside.
    private Value outside(Value value, boolean everyStep) {
        Value known = body.outer.getOrDefault(value, stacks.get(value));
        if (known == null) {
            Equation equation = behind.get(value);
            body.builder.at(value.span(), value.hint());
            return equation.op().batch(body.builder, body.length, operands(equation), body.varying(equation)).getFirst();
        }
        return everyStep && body.steady.contains(value) ? body.builder.broadcast(known, known.shape().prepend(body.length)) : known;
    }

    private List<Value> operands(Equation equation) {
        return equation.operands().stream().map(operand -> outside(operand, false)).toList();
    }

    private Value total(Total total) {
        Value sum = total.first;
        for (Value term : total.terms) {
            body.builder.at(term.span(), term.hint());
            sum = body.builder.plus(sum, overSteps(behind.get(term)));
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
                yield body.builder.add(new Contraction(left, right, product.result()), operands.get(0), operands.get(1));
            }
            case Sum sum -> {
                List<Integer> axes = new ArrayList<>(Collections.singletonList(0));
                sum.axes().forEach(axis -> axes.add(axis + 1));
                yield body.builder.add(new Sum(axes), operands.getFirst());
            }
            default -> throw new IllegalStateException(equation.op().mnemonic() + " is not added up behind a scan");
        };
    }

    private List<Integer> labels(List<Integer> labels, Value operand, int step) {
        return !body.steady.contains(operand) ? Stream.concat(Stream.of(step), labels.stream()).toList() : labels;
    }
}
