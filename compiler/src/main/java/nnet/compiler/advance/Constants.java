package nnet.compiler.advance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Elementwise;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Gather;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Iota;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;

/// What does not depend on the tokens, copied from the whole program where it is needed: as it is, or its part at the position.
final class Constants {

    private record Part(Value value, int axis) {
    }

    private final Builder builder;
    private final Value position;
    private final Map<Value, Graph.Input> inputs = new HashMap<>();
    private final Map<Value, Equation> makers = new HashMap<>();
    private final Map<Value, Value> wholes = new HashMap<>();
    private final Map<Part, Value> parts = new HashMap<>();

    Constants(Builder builder, Graph graph, Value position) {
        this.builder = builder;
        this.position = position;
        graph.inputs().forEach(input -> inputs.put(input.value(), input));
        graph.equations().forEach(equation -> equation.results().forEach(result -> makers.put(result, equation)));
    }

    Value whole(Value value) {
        Value known = wholes.get(value);
        if (known == null) {
            copy(value);
            known = wholes.get(value);
        }
        return known;
    }

    private void copy(Value value) {
        Graph.Input input = inputs.get(value);
        if (input != null) {
            wholes.put(value, builder.input(input.name(), input.role(), value.type()));
            return;
        }
        Equation maker = makers.get(value);
        List<Value> results = builder.addAll(maker.op(), maker.operands().stream().map(this::whole).toList());
        IntStream.range(0, results.size()).forEach(i -> wholes.put(maker.results().get(i), results.get(i)));
    }

    /// The part at the position along an axis, which stays, of size 1: of what is made of simple parts made in the same way, so that a mask of all pairs of positions is
    /// never made.
    Value row(Value value, int axis) {
        Part part = new Part(value, axis);
        Value known = parts.get(part);
        if (known == null) {
            known = made(value, axis);
            parts.put(part, known);
        }
        return known;
    }

    private Value made(Value value, int axis) {
        Equation maker = makers.get(value);
        Shape one = Advance.one(value.shape(), axis);
        return maker == null ? gathered(whole(value), axis) : switch (maker.op()) {
            case Constant constant -> builder.constant(value.type().withShape(one), constant.value());
            case Iota iota when iota.axis() != axis -> builder.add(new Iota(value.type().withShape(one), iota.axis()));
            case Iota _ when value.type().element() == ElementType.I32 -> builder.add(new Broadcast(one, List.of()), position);
            case Elementwise operation ->
                builder.addAll(operation, maker.operands().stream().map(operand -> row(operand, axis)).toList()).getFirst();
            case Broadcast _,Reshape _ when operandAxis(maker, axis) != Along.NONE ->
                builder.add(Advance.ofRow(maker.op(), axis), row(maker.operands().getFirst(), operandAxis(maker, axis)));
            case Broadcast _ -> builder.add(Advance.ofRow(maker.op(), axis), whole(maker.operands().getFirst()));
            default -> gathered(whole(value), axis);
        };
    }

    private static int operandAxis(Equation maker, int axis) {
        return Along.toResult(maker, 0).indexOf(axis);
    }

    /// The part of any value.
    Value gathered(Value value, int axis) {
        return gathered(value, axis, builder.add(new Reshape(Shape.of(1)), position));
    }

    /// Parts of any value along an axis, by their places `i32[n]`.
    Value gathered(Value value, int axis, Value places) {
        List<Integer> front = new ArrayList<>(IntStream.range(0, value.shape().rank()).boxed().toList());
        front.remove(axis);
        front.addFirst(axis);
        Transpose toFront = new Transpose(front);
        Value part = builder.add(new Gather(0), builder.add(toFront, value), places);
        return builder.add(new Transpose(toFront.inverse()), part);
    }
}
