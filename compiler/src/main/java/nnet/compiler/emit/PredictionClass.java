package nnet.compiler.emit;

import static nnet.compiler.code.Expression.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.code.ClassCode;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Field;
import nnet.compiler.code.FieldCode;
import nnet.compiler.code.FieldValue;
import nnet.compiler.code.InnerClass;
import nnet.compiler.code.Local;
import nnet.compiler.code.Method;
import nnet.compiler.code.MethodCode;
import nnet.compiler.code.Modifier;
import nnet.compiler.code.Statement;
import nnet.compiler.code.This;
import nnet.compiler.code.Type;
import nnet.compiler.emit.Description.Port;
import nnet.compiler.emit.NetworkClass.Member;

/// What `infer` gives where an output is an enum: `Iris.Prediction` with `species()` and `probability(Species)`.
final class PredictionClass {

    private static final Type RAW = Type.of("nnet.runtime.Raw");

    private final Description network;
    private final Nested nested;
    private final Type type;
    private final List<Field> scores = new ArrayList<>();

    PredictionClass(Description network, Nested nested) {
        this.network = network;
        this.nested = nested;
        type = Type.of(network.name() + "$Prediction");
        Names names = new Names();
        for (Port output : network.outputs()) {
            scores.add(Field.ofObject(type, names.unique(JavaNames.camelCase(output.name())), PredictMethods.numbers(output)));
        }
    }

    /// Whether a network has it.
    static boolean isNeeded(Description network, Nested nested) {
        return network.outputs().stream().anyMatch(output -> nested.typeOf(output).isPresent());
    }

    Type type() {
        return type;
    }

    InnerClass place() {
        return new InnerClass(Type.of(network.name()), type, InnerClass.Kind.CLASS);
    }

    /// Takes the numbers of every output.
    Method constructorMethod() {
        return Method.constructor(type, scores.stream().map(Field::type).toArray(Type[]::new));
    }

    ClassCode code() {
        List<FieldCode> fields = scores.stream()
                .map(field -> new FieldCode(Set.of(Modifier.PRIVATE, Modifier.FINAL), field.name(), field.type(), Optional.empty()))
                .toList();
        List<MethodCode> methods = new ArrayList<>(List.of(constructor()));
        members().forEach(member -> methods.add(member.method()));
        return new ClassCode(Set.of(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL), type, Type.OBJECT, List.of(), Optional.empty(),
                List.of(place()), fields, methods);
    }

    MethodCode constructor() {
        List<Local> parameters = scores.stream().map(field -> new Local(field.name(), field.type())).toList();
        List<Statement> body = new ArrayList<>(
                List.of(new Statement.Evaluate(new This(Type.OBJECT).invoke(Method.constructor(Type.OBJECT)))));
        for (int i = 0; i < parameters.size(); i++) {
            body.add(new Statement.SetField(new FieldValue(List.of(new This(type)), scores.get(i)), parameters.get(i)));
        }
        return new MethodCode(Set.of(), "<init>", parameters, Type.VOID, body);
    }

    /// For each output its value, and for each that has categories the probability of any.
    List<Member> members() {
        List<Member> members = new ArrayList<>();
        boolean isOnly = network.outputs().stream().filter(PredictMethods::isCategory).count() == 1;
        for (int i = 0; i < scores.size(); i++) {
            Port output = network.outputs().get(i);
            Expression numbers = new This(type).get(scores.get(i));
            String name = scores.get(i).name();
            Optional<Type> chosen = nested.typeOf(output);
            members.add(value(output, name, numbers, chosen));
            if (chosen.isPresent()) {
                members.add(probability(isOnly ? "probability" : name + "Probability", numbers, chosen.get()));
            }
        }
        return members;
    }

    private static Member value(Port output, String name, Expression numbers, Optional<Type> chosen) {
        Expression value = chosen.map(constants -> call(Method.ofClass(constants, "values", constants.array()))
                .at(call(Method.ofClass(RAW, "mostProbable", Type.INT, Type.FLOAT.array()), numbers)))
                .orElse(output.type().rank() == 0 ? numbers.at(Expression.constant(0)) : numbers);
        return new Member("The " + Comments.value(output, chosen.isPresent()).replaceFirst("^the ", "") + ".",
                new MethodCode(Set.of(Modifier.PUBLIC), name, List.of(), value.type(), List.of(Statement.result(value))));
    }

    private static Member probability(String name, Expression numbers, Type constants) {
        Local member = new Local("of", constants);
        Expression value = numbers.at(member.invoke(Method.ofObject(constants, "ordinal", Type.INT)));
        return new Member("How probable a value is, from 0 to 1.",
                new MethodCode(Set.of(Modifier.PUBLIC), name, List.of(member), Type.FLOAT, List.of(Statement.result(value))));
    }
}
