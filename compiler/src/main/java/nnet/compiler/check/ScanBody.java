package nnet.compiler.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nnet.compiler.model.Step;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.RandomUniform;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.Value;

/// Makes the graph of the step of a scan from what was evaluated. What the step uses from outside becomes a constant of the scan. Random numbers differ from step to
/// step, so they are drawn for all steps before the scan, which then goes through them. Layers inside remain in sight, without their steps.
final class ScanBody {

    private final List<Variable> carried;
    private final List<Variable> elements;
    private final List<Step> steps;
    private final List<Variable> last;
    private final List<Variable> emitted;
    private final Builder builder = new Builder("step");
    private final Map<Variable, Value> values = new HashMap<>();
    private final List<Variable> constants = new ArrayList<>();
    private final List<Step.Compute> computed = new ArrayList<>();
    private final List<Step.Instance> layers = new ArrayList<>();

    ScanBody(List<Variable> carried, List<Variable> elements, List<Step> steps, List<Variable> last, List<Variable> emitted) {
        this.carried = carried;
        this.elements = new ArrayList<>(elements);
        this.steps = steps;
        this.last = last;
        this.emitted = emitted;
    }

    /// Adds the scan to the body around it and returns its results: the carried values after the last step, then what was emitted.
    List<Variable> emit(Emission emission, Span span, boolean reverse, List<Variable> first, List<Variable> sequences) {
        flatten(steps);
        List<Variable> all = new ArrayList<>(sequences);
        for (Step.Compute step : List.copyOf(computed)) {
            if (step.op() instanceof RandomUniform random) {
                RandomUniform everyStep = new RandomUniform(random.shape().prepend(sequences.getFirst().type().shape().dim(0)),
                        random.site());
                all.add(emission.emit(step.span(), everyStep, step.operands().getFirst()));
                elements.add(step.results().getFirst());
                computed.remove(step);
            }
        }
        findConstants();
        carried.forEach(this::input);
        elements.forEach(this::input);
        constants.forEach(this::input);
        computed.forEach(this::equation);
        last.forEach(variable -> builder.output(variable.hint(), Role.DATA, values.get(variable)));
        emitted.forEach(variable -> builder.output(variable.hint(), Role.DATA, values.get(variable)));
        List<Variable> operands = new ArrayList<>(first);
        operands.addAll(all);
        operands.addAll(constants);
        layers.forEach(emission::add);
        List<String> hints = new ArrayList<>(carried.stream().map(Variable::hint).toList());
        hints.addAll(emitted.stream().map(Variable::hint).toList());
        return emission.emitAll(span, new Scan(builder.build(), carried.size(), elements.size(), reverse), operands, hints);
    }

    private void flatten(List<Step> inside) {
        for (Step step : inside) {
            switch (step) {
                case Step.Compute compute -> computed.add(compute);
                case Step.Instance layer -> {
                    layers.add(new Step.Instance(layer.span(), layer.path(), layer.layer(), layer.arguments(), layer.inputs(),
                            layer.outputs(), layer.parameters(), layer.states(), List.of()));
                    flatten(layer.steps());
                }
            }
        }
    }

    /// What is used but neither given nor computed in the step.
    private void findConstants() {
        List<Variable> known = new ArrayList<>(carried);
        known.addAll(elements);
        Set<Variable> inside = new HashSet<>(known);
        computed.forEach(step -> inside.addAll(step.results()));
        Set<Variable> outside = new LinkedHashSet<>();
        computed.forEach(step -> outside.addAll(step.operands()));
        outside.addAll(last);
        outside.addAll(emitted);
        outside.removeAll(inside);
        constants.addAll(outside);
    }

    private void input(Variable variable) {
        builder.at(variable.span(), variable.hint());
        values.put(variable, builder.input(variable.hint(), Role.DATA, variable.type()));
    }

    private void equation(Step.Compute compute) {
        builder.at(compute.span(), compute.results().getFirst().hint());
        List<Value> results = builder.addAll(compute.op(), compute.operands().stream().map(values::get).toList());
        for (int i = 0; i < results.size(); i++) {
            values.put(compute.results().get(i), results.get(i));
        }
    }
}
