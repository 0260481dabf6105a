package nnet.compiler.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import nnet.compiler.model.Body;
import nnet.compiler.model.Step;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.tensor.BatchSum;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Convert;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.RandomUniform;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// One body in the making: its inputs, the steps of the layers that are open, its outputs.
final class Emission {

    /// Numbers for the variables of one model.
    static final class Ids {
        private int next;
    }

    private final Ids ids;
    private final UnaryOperator<Span> place;
    private final List<Body.Input> inputs = new ArrayList<>();
    private final List<Body.Output> outputs = new ArrayList<>();
    private final Deque<List<Step>> open = new ArrayDeque<>();
    private final Set<Variable> owned = new HashSet<>();
    private Optional<Variable> key = Optional.empty();

    /// `place` finds the user's line for an expression of the library: the place that values are known by.
    Emission(Ids ids, UnaryOperator<Span> place) {
        this.ids = ids;
        this.place = place;
        open.push(new ArrayList<>());
    }

    Variable input(String name, Role role, TensorType type, OptionalInt categories, Span span) {
        Variable variable = variable(type, categories, name, span);
        inputs.add(new Body.Input(name, role, variable));
        return variable;
    }

    /// The input that random numbers are made from: seed low, seed high, step.
    Variable key() {
        if (key.isEmpty()) {
            key = Optional.of(input("key", Role.CONTROL, new TensorType(ElementType.I32, Shape.of(3)), OptionalInt.empty(), Span.NONE));
        }
        return key.get();
    }

    void output(String name, Role role, Variable variable) {
        outputs.add(new Body.Output(name, role, variable));
    }

    /// A variable of the step of a scan that is given to it: a carried value, or the element of a sequence.
    Variable given(String name, TensorType type, OptionalInt categories, Span span) {
        return variable(type, categories, name, place.apply(span));
    }

    /// Adds an operation with several results.
    List<Variable> emitAll(Span span, Op op, List<Variable> operands, List<String> hints) {
        List<TensorType> types = op.infer(operands.stream().map(Variable::type).toList());
        Span at = place.apply(span);
        List<Variable> results = IntStream.range(0, types.size())
                .mapToObj(i -> variable(types.get(i), OptionalInt.empty(), hints.get(i), at)).toList();
        add(new Step.Compute(at, results, op, operands));
        return results;
    }

    /// Takes back an input that turned out not to be needed.
    void withdraw(Variable variable) {
        inputs.removeIf(input -> input.variable().equals(variable));
    }

    /// Whether a variable belongs to this body; one of another body cannot be used here.
    boolean owns(Variable variable) {
        return owned.contains(variable);
    }

    /// The steps from here to `close` belong to one layer.
    void open() {
        open.push(new ArrayList<>());
    }

    List<Step> close() {
        return open.pop();
    }

    void add(Step step) {
        open.element().add(step);
    }

    Variable emit(Span span, Op op, Variable... operands) {
        List<Variable> all = List.of(operands);
        TensorType type = op.infer(all.stream().map(Variable::type).toList()).getFirst();
        Span at = place.apply(span);
        Variable result = variable(type, OptionalInt.empty(), "", at);
        add(new Step.Compute(at, List.of(result), op, all));
        return result;
    }

    Variable constant(Span span, TensorType type, double value) {
        return emit(span, new Constant(type, value));
    }

    /// The same tensor under another place and, where given, with categories: what messages about it will say.
    Variable seenAs(Variable variable, OptionalInt categories, Span span) {
        return new Variable(variable.id(), variable.type(), categories, variable.hint(), place.apply(span));
    }

    Variable convert(Span span, Variable operand, ElementType element) {
        return operand.type().element() == element ? operand : emit(span, new Convert(element), operand);
    }

    /// Repeats axes of size 1 and adds leading axes; the shape must allow it.
    Variable broadcast(Span span, Variable operand, Shape shape) {
        Shape from = operand.type().shape();
        if (from.equals(shape)) {
            return operand;
        }
        int offset = shape.rank() - from.rank();
        List<Integer> kept = IntStream.range(0, from.rank()).filter(axis -> from.dim(axis).equals(shape.dim(axis + offset))).boxed()
                .toList();
        Variable squeezed = operand;
        if (kept.size() < from.rank()) {
            squeezed = emit(span, new Reshape(new Shape(kept.stream().map(from::dim).toList())), operand);
        }
        return emit(span, new Broadcast(shape, kept.stream().map(axis -> axis + offset).toList()), squeezed);
    }

    /// The common shape of two after broadcasting from the right, or empty where they do not fit.
    static Optional<Shape> common(Shape left, Shape right) {
        int rank = Math.max(left.rank(), right.rank());
        List<Dim> dims = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            int a = i - (rank - left.rank());
            int b = i - (rank - right.rank());
            Dim one = a < 0 ? Dim.ONE : left.dim(a);
            Dim other = b < 0 ? Dim.ONE : right.dim(b);
            if (!one.equals(other) && !one.equals(Dim.ONE) && !other.equals(Dim.ONE)) {
                return Optional.empty();
            }
            dims.add(one.equals(Dim.ONE) ? other : one);
        }
        return Optional.of(new Shape(dims));
    }

    /// Whether a variable is a constant of zeros.
    boolean isZero(Variable variable) {
        return computed().stream()
                .anyMatch(step -> step.results().contains(variable) && step.op() instanceof Constant constant && constant.value() == 0);
    }

    /// Whether a variable differs from example to example: what comes from data does, except through a sum over all examples.
    boolean variesByExample(Variable variable) {
        Set<Variable> varying = new HashSet<>();
        inputs.stream().filter(input -> input.role() == Role.DATA).forEach(input -> varying.add(input.variable()));
        for (Step.Compute step : computed()) {
            boolean isRandom = step.op() instanceof RandomUniform;
            if (isRandom || !(step.op() instanceof BatchSum) && step.operands().stream().anyMatch(varying::contains)) {
                varying.addAll(step.results());
            }
        }
        return varying.contains(variable);
    }

    private List<Step.Compute> computed() {
        List<Step.Compute> flat = new ArrayList<>();
        flatten(open.element(), flat);
        return flat;
    }

    /// Whether a variable is used by any step so far.
    boolean uses(Variable variable) {
        return computed().stream().anyMatch(step -> step.operands().contains(variable));
    }

    Body build() {
        return new Body(inputs, open.element(), outputs);
    }

    /// The body without inputs and steps that no output needs; layer instances are opened up.
    Body buildPruned() {
        List<Step.Compute> flat = computed();
        Set<Variable> needed = new HashSet<>();
        outputs.forEach(output -> needed.add(output.variable()));
        List<Step> kept = new ArrayList<>();
        for (Step.Compute step : flat.reversed()) {
            if (step.results().stream().anyMatch(needed::contains)) {
                needed.addAll(step.operands());
                kept.addFirst(step);
            }
        }
        return new Body(inputs.stream().filter(input -> needed.contains(input.variable())).toList(), kept, outputs);
    }

    private static void flatten(List<Step> steps, List<Step.Compute> into) {
        for (Step step : steps) {
            switch (step) {
                case Step.Compute compute -> into.add(compute);
                case Step.Instance instance -> flatten(instance.steps(), into);
            }
        }
    }

    private Variable variable(TensorType type, OptionalInt categories, String hint, Span span) {
        Variable variable = new Variable(ids.next++, type, categories, hint, span);
        owned.add(variable);
        return variable;
    }
}
