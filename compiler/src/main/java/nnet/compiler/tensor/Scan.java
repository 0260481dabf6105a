package nnet.compiler.tensor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// A loop over the first axis of `sequences` operands (at least one): body inputs are carries, elements of the sequences, then constants; outputs are the new
/// carries, then emitted values. Results: final carries, then stacked emitted values. `reverse` goes from the last element to the first; what is emitted for an
/// element always lies at its place.
public record Scan(Graph body, int carries, int sequences, boolean reverse) implements Op {

    @Override
    public String mnemonic() {
        return "scan";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Require.count(body.inputs().size(), this, operands);
        Require.that(sequences >= 1 && operands.get(carries).rank() >= 1, this, operands);
        Dim length = operands.get(carries).shape().dim(0);
        List<TensorType> results = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            TensorType inside = body.inputs().get(i).value().type();
            boolean isSequence = i >= carries && i < carries + sequences;
            Require.that(operands.get(i).equals(isSequence ? stacked(inside, length) : inside), this, operands);
        }
        for (int i = 0; i < body.outputs().size(); i++) {
            TensorType inside = body.outputs().get(i).value().type();
            Require.that(i >= carries || inside.equals(operands.get(i)), this, operands);
            results.add(i < carries ? inside : stacked(inside, length));
        }
        return results;
    }

    private static TensorType stacked(TensorType element, Dim length) {
        return element.withShape(element.shape().prepend(length));
    }

    /// The batch stays inside of the loop: sequences `[batch, time, ...]` become `[time, batch, ...]`, and what is emitted goes back. All carries get the batch,
    /// since the first step would give it to them anyway.
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        Graph batchedBody = Batch.batch(body, batch, input -> {
            int i = body.inputs().indexOf(input);
            return i < carries || batched.get(i);
        }, output -> true);
        List<Value> inside = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            Value operand = operands.get(i);
            boolean isSequence = i >= carries && i < carries + sequences;
            Value carry = i < carries ? builder.batched(batch, operand, batched.get(i)) : operand;
            inside.add(isSequence && batched.get(i) ? swapped(builder, operand) : carry);
        }
        List<Value> results = new ArrayList<>(builder.addAll(new Scan(batchedBody, carries, sequences, reverse), inside));
        results.subList(carries, results.size()).replaceAll(emitted -> swapped(builder, emitted));
        return results;
    }

    /// The value with its first two axes exchanged.
    private static Value swapped(Builder builder, Value value) {
        return builder.add(new Transpose(Stream.concat(Stream.of(1, 0), IntStream.range(2, value.shape().rank()).boxed()).toList()), value);
    }

    /// What the pullback wants to find again: the carries that each step began with, and the products and functions that depend on them, which it would otherwise
    /// compute again.
    List<Value> saved() {
        List<Value> saved = new ArrayList<>(body.inputs().subList(0, carries).stream().map(Graph.Input::value).toList());
        Set<Value> carried = new HashSet<>(saved);
        for (Equation equation : body.equations()) {
            if (equation.operands().stream().anyMatch(carried::contains)) {
                carried.addAll(equation.results());
                if (equation.op() instanceof Contraction || equation.op() instanceof Elementwise map && map.isFunction()) {
                    saved.add(equation.result());
                }
            }
        }
        return saved;
    }

    /// Whether the last emitted values are those that the pullback wants.
    public boolean isSaving() {
        List<Value> saved = saved();
        int first = body.outputs().size() - saved.size();
        return first >= carries
                && IntStream.range(0, saved.size()).allMatch(i -> body.outputs().get(first + i).value().equals(saved.get(i)));
    }

    /// The same scan, which also emits what its pullback wants.
    public Scan saving() {
        List<Graph.Output> outputs = new ArrayList<>(body.outputs());
        saved().forEach(value -> outputs.add(new Graph.Output("saved" + outputs.size(), Graph.Role.DATA, value)));
        return new Scan(new Graph(body.name(), body.inputs(), body.equations(), outputs), carries, sequences, reverse);
    }

    /// The equation of this scan as one of the saving scan; the additional results are numbered from `next`.
    public Equation saving(Equation equation, int next) {
        Scan saving = saving();
        List<TensorType> types = saving.infer(equation.operands().stream().map(Value::type).toList());
        List<Value> results = new ArrayList<>(equation.results());
        Value first = results.getFirst();
        IntStream.range(results.size(), types.size())
                .forEach(i -> results.add(new Value(next + i - equation.results().size(), types.get(i), "saved", first.span())));
        return new Equation(results, saving, equation.operands());
    }

    /// The chain rule backwards through the steps: a scan in the other direction whose carries are the cotangents of the carries and the sums of the cotangents of
    /// the constants. Each step starts from what was saved, computes the rest of itself again and pulls back.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        if (!isSaving()) {
            Scan saving = saving();
            List<Value> results = builder.addAll(saving, equation.operands());
            List<Optional<Value>> known = new ArrayList<>(cotangents);
            IntStream.range(known.size(), results.size()).forEach(_ -> known.add(Optional.empty()));
            return saving.pullback(builder, new Equation(results, saving, equation.operands()), known);
        }
        return new ScanPullback(this, equation, builder).build(cotangents);
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        List<Tensor> state = new ArrayList<>(operands.subList(0, carries));
        List<Tensor> stacked = results.subList(carries, results.size()).stream().map(Tensor::zeros).toList();
        int length = operands.get(carries).sizes()[0];
        for (int step = 0; step < length; step++) {
            int place = reverse ? length - 1 - step : step;
            List<Tensor> inputs = new ArrayList<>(state);
            operands.subList(carries, carries + sequences).forEach(sequence -> inputs.add(sequence.element(place)));
            inputs.addAll(operands.subList(carries + sequences, operands.size()));
            List<Tensor> outputs = Interpreter.run(body, inputs);
            state = new ArrayList<>(outputs.subList(0, carries));
            for (int i = 0; i < stacked.size(); i++) {
                double[] emitted = outputs.get(carries + i).data();
                System.arraycopy(emitted, 0, stacked.get(i).data(), place * emitted.length, emitted.length);
            }
        }
        return Stream.concat(state.stream(), stacked.stream()).toList();
    }
}
