package nnet.compiler.emit;

import static nnet.compiler.code.Expression.constant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Local;
import nnet.compiler.code.Method;
import nnet.compiler.code.MethodCode;
import nnet.compiler.code.Modifier;
import nnet.compiler.code.NewArray;
import nnet.compiler.code.NewObject;
import nnet.compiler.code.Statement;
import nnet.compiler.code.This;
import nnet.compiler.code.Type;
import nnet.compiler.emit.Description.Port;
import nnet.compiler.emit.NetworkClass.Member;
import nnet.compiler.type.ElementType;

/// The methods that predict. `predict` gives an output of categories as the number of the most probable one, `infer` gives the probability of each; a network
/// without categories has `predict` only. Both come for many examples, and for one where the network has one output.
///
/// A sequence whose length is known only at run time is an array of any length, of many examples an array for each.
final class PredictMethods {

    static final Type PREDICTION = Type.of("nnet.runtime.Prediction");

    private final Description network;
    private final Nested nested;
    private final Type type;
    private final String name;
    private final boolean chosen;
    private final Names names = new Names();
    private final List<Local> parameters = new ArrayList<>();
    private final List<Statement> body = new ArrayList<>();

    /// @param chosen whether an output of categories is given as the number of one
    private PredictMethods(Description network, Nested nested, Type type, String name, boolean chosen) {
        this.network = network;
        this.nested = nested;
        this.type = type;
        this.name = name;
        this.chosen = chosen;
    }

    static List<Member> of(Description network, Nested nested, Type type) {
        List<Member> members = new ArrayList<>();
        addForms(members, network, nested, type, "predict", true);
        if (network.outputs().stream().anyMatch(PredictMethods::isCategory)) {
            addForms(members, network, nested, type, "infer", false);
        }
        return members;
    }

    private static void addForms(List<Member> members, Description network, Nested nested, Type type, String name, boolean chosen) {
        if (!chosen && PredictionClass.isNeeded(network, nested)) {
            members.add(new PredictMethods(network, nested, type, name, false).withNames());
        } else if (network.outputs().size() == 1) {
            members.add(new PredictMethods(network, nested, type, name, chosen).forOne());
        }
        members.add(new PredictMethods(network, nested, type, name, chosen).forMany());
    }

    static boolean isCategory(Port output) {
        return output.categories() > 0 && output.type().element() == ElementType.F32;
    }

    /// `public float[] predict(float[] bits) { float[] y = new float[1]; this.finish(this.begin().input(0, bits).output(0, y), 1); return y; }`
    private Member forOne() {
        List<Expression> inputs = network.given().stream().map(this::inputOfOne).toList();
        Port output = network.outputs().getFirst();
        Type element = elementOf(output);
        Local result = local(output.name(), element.array());
        body.add(new Statement.Declare(result, new NewArray(element, constant(sizeOf(output)))));
        body.add(run(inputs, List.of(result), constant(1)));
        boolean single = output.type().rank() == (isChosen(output) ? 1 : 0);
        body.add(Statement.result(single ? result.at(constant(0)) : result));
        String comment = "Predicts one example.\n\n" + inputComments("") + "@return " + Comments.value(output, isChosen(output));
        return new Member(comment, method(single ? element : element.array()));
    }

    /// `public Prediction infer(Flower flower) { float[] species = new float[3]; this.finish(...); return new Prediction(species); }`
    private Member withNames() {
        PredictionClass prediction = new PredictionClass(network, nested);
        List<Expression> inputs = network.given().stream().map(this::inputOfOne).toList();
        List<Expression> results = new ArrayList<>();
        for (Port output : network.outputs()) {
            Local result = local(output.name(), numbers(output));
            body.add(new Statement.Declare(result, new NewArray(result.type().element(), constant(output.type().shape().size().size()))));
            results.add(result);
        }
        body.add(run(inputs, results, constant(1)));
        body.add(Statement.result(new NewObject(prediction.constructorMethod(), results)));
        return new Member("Predicts one example, and says how probable each value is.\n\n" + inputComments("")
                + "@return the outputs with their probabilities", method(prediction.type()));
    }

    /// The array of a caller who wants the numbers themselves.
    static Type numbers(Port output) {
        return output.type().element().isFloating() ? Type.FLOAT.array() : Type.INT.array();
    }

    /// An input of rank 0 is a number for the caller, and an array of one element for the runtime; a sequence is an array, and an array of one array.
    private Expression inputOfOne(Port input) {
        Type element = network.isSequence(input) ? elementOf(input).array() : elementOf(input);
        if (input.type().rank() > 0 && element.isPrimitive()) {
            return parameter(input.name(), element.array());
        }
        Local number = parameter(input.name(), element);
        Local array = local(input.name(), element.array());
        body.add(new Statement.Declare(array, new NewArray(element, constant(1))));
        body.add(new Statement.SetElement(array, constant(0), number));
        return array;
    }

    /// `public void predict(float[] bits, int count, float[] y) { this.finish(this.begin().input(0, bits).output(0, y), count); }`
    private Member forMany() {
        List<Expression> inputs = network.given().stream().<Expression>map(input -> parameter(input.name(), arrayOf(input))).toList();
        Local count = parameter("count", Type.INT);
        List<Expression> outputs = network.outputs().stream().<Expression>map(output -> parameter(output.name(), elementOf(output).array()))
                .toList();
        body.add(run(inputs, outputs, count));
        StringBuilder comment = new StringBuilder(
                "Predicts many examples, one after the other in each array. Allocates nothing when warm; many threads may do so at a time.\n\n");
        comment.append(inputComments("for each example: ")).append("@param ").append(count).append(" number of examples\n");
        for (int i = 0; i < outputs.size(); i++) {
            Port output = network.outputs().get(i);
            comment.append("@param ").append(outputs.get(i)).append(" receives for each example: ")
                    .append(Comments.value(output, isChosen(output))).append('\n');
        }
        return new Member(comment.toString().strip(), method(Type.VOID));
    }

    private String inputComments(String prefix) {
        StringBuilder comments = new StringBuilder();
        for (int i = 0; i < network.given().size(); i++) {
            comments.append("@param ").append(parameters.get(i)).append(' ').append(prefix)
                    .append(Comments.input(network, network.given().get(i))).append('\n');
        }
        return comments.toString();
    }

    private Statement run(List<Expression> inputs, List<? extends Expression> outputs, Expression count) {
        Expression prediction = new This(type).invoke(Method.ofObject(type, "begin", PREDICTION));
        for (int i = 0; i < inputs.size(); i++) {
            prediction = nested.bind(prediction, "input", i, inputs.get(i));
        }
        for (int i = 0; i < outputs.size(); i++) {
            prediction = nested.bind(prediction, "output", i, outputs.get(i));
        }
        return new Statement.Evaluate(
                new This(type).invoke(Method.ofObject(type, "finish", Type.VOID, PREDICTION, Type.INT), prediction, count));
    }

    private MethodCode method(Type result) {
        return new MethodCode(Set.of(Modifier.PUBLIC), name, parameters, result, body);
    }

    private Local parameter(String wish, Type parameterType) {
        Local parameter = local(wish, parameterType);
        parameters.add(parameter);
        return parameter;
    }

    private Local local(String wish, Type localType) {
        return new Local(names.unique(JavaNames.camelCase(wish)), localType);
    }

    private boolean isChosen(Port output) {
        return chosen && isCategory(output);
    }

    /// The array of a caller who has many examples.
    private Type arrayOf(Port input) {
        return network.isSequence(input) ? elementOf(input).array().array() : elementOf(input).array();
    }

    /// What the array of the caller holds.
    private Type elementOf(Port port) {
        Optional<Type> named = nested.typeOf(port).filter(_ -> !isCategory(port) || chosen);
        return named.isPresent() ? named.get() : switch (port.type().element()) {
            case F32 -> isChosen(port) ? Type.INT : Type.FLOAT;
            case I32, BOOL -> Type.INT;
            case F64 -> throw new UnsupportedOperationException("f64 inputs and outputs of a network: " + port.name());
        };
    }

    private int sizeOf(Port output) {
        int size = output.type().shape().size().size();
        return isChosen(output) ? size / output.categories() : size;
    }
}
