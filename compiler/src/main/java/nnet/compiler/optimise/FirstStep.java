package nnet.compiler.optimise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.tensor.Add;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Pad;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// A sequence that is zero but for the step that comes first is no sequence: where steps add it to a carry, and use neither for anything else, it is added to what is
/// carried into the first step. Such is the cotangent of a recurrent layer of whose states only the last one is used.
final class FirstStep {

    private final StepBody body;
    private final Map<Value, Equation> around;
    private final boolean reverse;

    /// @param around  what defines the values outside
    /// @param reverse whether the last element of a sequence comes first
    FirstStep(StepBody body, Map<Value, Equation> around, boolean reverse) {
        this.body = body;
        this.around = around;
        this.reverse = reverse;
    }

    void merge() {
        for (Equation equation : List.copyOf(body.equations)) {
            if (equation.op() instanceof Add) {
                merge(equation, equation.operands().getFirst(), equation.operands().getLast());
                merge(equation, equation.operands().getLast(), equation.operands().getFirst());
            }
        }
    }

    private void merge(Equation sum, Value carried, Value sequence) {
        Map<Value, Integer> uses = body.uses();
        Optional<StepBody.Carry> carry = body.carries.stream().filter(each -> each.inside().equals(carried)).findFirst();
        if (carry.isEmpty() || !body.sequences.contains(sequence) || uses.get(carried) != 1 || uses.get(sequence) != 1) {
            return;
        }
        alone(body.outer.get(sequence)).ifPresent(element -> {
            Value first = body.builder.plus(carry.get().first(), element);
            body.carries.replaceAll(each -> each.equals(carry.get()) ? each.from(first) : each);
            body.replace(sum.result(), carried);
            body.equations.remove(sum);
            body.sequences.remove(sequence);
        });
    }

    /// The one element of a sequence that is not zero, if the first step reads it.
    private Optional<Value> alone(Value sequence) {
        Equation equation = around.get(sequence);
        List<Integer> order = equation != null && equation.op() instanceof Transpose(List<Integer> permutation) ? permutation : List.of(0);
        Equation padding = order.size() > 1 ? around.get(equation.operands().getFirst()) : equation;
        if (padding == null || !(padding.op() instanceof Pad(int axis, int before, int after, int _)) || axis != order.getFirst()) {
            return Optional.empty();
        }
        Value element = padding.operands().getFirst();
        if (!element.shape().dim(axis).equals(Dim.ONE) || (reverse ? after : before) != 0) {
            return Optional.empty();
        }
        Value turned = order.size() > 1 ? body.builder.add(equation.op(), element) : element;
        List<Dim> rest = new ArrayList<>(turned.shape().dims());
        rest.removeFirst();
        return Optional.of(body.builder.add(new Reshape(new Shape(rest)), turned));
    }
}
