package nnet.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nnet.compiler.code.ClassCode;
import nnet.compiler.code.Expression;
import nnet.compiler.code.InnerClass;
import nnet.compiler.code.Local;
import nnet.compiler.code.Method;
import nnet.compiler.code.MethodCode;
import nnet.compiler.code.Modifier;
import nnet.compiler.code.NewObject;
import nnet.compiler.code.Statement;
import nnet.compiler.code.This;
import nnet.compiler.code.Type;
import nnet.compiler.emit.Description.Port;
import nnet.compiler.emit.NetworkClass.Member;

/// The training of a network that has records or enums, in its own types: `Iris.Trainer` with `step(Flower[], Species[], int)`. Any other network is trained by
/// the runtime's `Trainer`, which takes numbers.
final class TrainerClass {

    private static final Type TRAINER = Type.of("nnet.runtime.Trainer");
    private static final Type WORKERS = Type.of("nnet.runtime.Workers");

    private final Description network;
    private final Nested nested;
    private final Type outer;
    private final Type type;
    private final List<Local> inputs = new ArrayList<>();
    private final List<Local> targets = new ArrayList<>();
    private final Local count;

    private TrainerClass(Description network, Nested nested) {
        this.network = network;
        this.nested = nested;
        outer = Type.of(network.name());
        type = Type.of(network.name() + "$Trainer");
        Names names = new Names();
        network.inputs().forEach(port -> inputs.add(parameter(port, names)));
        network.targets().forEach(port -> targets.add(parameter(port, names)));
        count = new Local(names.unique("count"), Type.INT);
    }

    /// The class, where a network needs it.
    static Optional<TrainerClass> of(Description network, Nested nested) {
        List<Port> ports = Stream.concat(network.inputs().stream(), network.targets().stream()).toList();
        boolean isNeeded = !network.targets().isEmpty() && network.lengths().isEmpty()
                && ports.stream().allMatch(port -> port.type().shape().isFixed())
                && ports.stream().anyMatch(port -> nested.typeOf(port).isPresent());
        return isNeeded ? Optional.of(new TrainerClass(network, nested)) : Optional.empty();
    }

    private Local parameter(Port port, Names names) {
        Type element = nested.typeOf(port).orElse(port.type().element().isFloating() ? Type.FLOAT : Type.INT);
        return new Local(names.unique(JavaNames.camelCase(port.name())), element.array());
    }

    InnerClass place() {
        return new InnerClass(outer, type, InnerClass.Kind.CLASS);
    }

    ClassCode code() {
        List<MethodCode> methods = new ArrayList<>(List.of(constructor()));
        members().forEach(member -> methods.add(member.method()));
        return new ClassCode(Set.of(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL), type, TRAINER, List.of(), Optional.empty(),
                nested.placesWith(place()), List.of(), methods);
    }

    MethodCode constructor() {
        Local of = new Local("network", outer);
        Local seed = new Local("seed", Type.LONG);
        Local workers = new Local("workers", WORKERS);
        Method base = Method.constructor(TRAINER, NetworkClass.COMPILED_NETWORK, Type.LONG, WORKERS);
        return new MethodCode(Set.of(), "<init>", List.of(of, seed, workers), Type.VOID,
                List.of(new Statement.Evaluate(new This(TRAINER).invoke(base, of, seed, workers))));
    }

    List<Member> members() {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (isRecord(inputs.get(i))) {
                members.add(fit(i));
            }
        }
        members.add(step());
        members.add(evaluate());
        return members;
    }

    private boolean isRecord(Local input) {
        return nested.isRecord(input.type().element());
    }

    private Member fit(int index) {
        Local rows = inputs.get(index);
        return new Member("""
                Fits the encoding of a record to the rows that the training will see: means, deviations and the like. To be called before the first
                step of a fresh network; weights that were trained on other rows belong to the encoding that they have.

                @param %s raw values
                @param %s number of rows""".formatted(rows, count),
                new MethodCode(Set.of(Modifier.PUBLIC), "fit", List.of(rows, count), Type.VOID,
                        List.of(put("fit", index, rows))));
    }

    private Member step() {
        List<Statement> body = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            body.add(put("input", i, inputs.get(i)));
        }
        for (int i = 0; i < targets.size(); i++) {
            body.add(put("target", i, targets.get(i)));
        }
        body.add(Statement.result(new This(type).invoke(Method.ofObject(type, "step", Type.FLOAT, Type.INT), count)));
        return new Member(
                "One step of training.\n\n" + parameterComments()
                        + "@return the loss before the step: the mean over the batch, with penalties",
                new MethodCode(Set.of(Modifier.PUBLIC), "step", parameters(), Type.FLOAT, body));
    }

    private Member evaluate() {
        List<Statement> body = new ArrayList<>();
        Expression evaluation = new This(type).invoke(Method.ofObject(type, "evaluation", PredictMethods.PREDICTION));
        for (int i = 0; i < inputs.size(); i++) {
            evaluation = nested.bind(evaluation, "input", i, inputs.get(i));
        }
        for (int i = 0; i < targets.size(); i++) {
            evaluation = nested.bind(evaluation, "input", inputs.size() + i, targets.get(i));
        }
        body.add(Statement.result(
                new This(type).invoke(Method.ofObject(type, "mean", Type.FLOAT, PredictMethods.PREDICTION, Type.INT), evaluation, count)));
        return new Member("The loss of examples as the weights are now, without training on them.\n\n" + parameterComments()
                + "@return the mean over the examples, without penalties",
                new MethodCode(Set.of(Modifier.PUBLIC), "evaluate", parameters(), Type.FLOAT, body));
    }

    /// `this.input(0, flower, count);`
    private Statement put(String role, int index, Local values) {
        Method method = Method.ofObject(type, role, Type.VOID, Type.INT, nested.taken(values.type().element()), Type.INT);
        return new Statement.Evaluate(new This(type).invoke(method, Expression.constant(index), values, count));
    }

    private List<Local> parameters() {
        return Stream.of(inputs, targets, List.of(count)).flatMap(List::stream).toList();
    }

    private String parameterComments() {
        StringBuilder comments = new StringBuilder();
        for (int i = 0; i < inputs.size(); i++) {
            comments.append(comment(inputs.get(i), "for each example: ", network.inputs().get(i)));
        }
        for (int i = 0; i < targets.size(); i++) {
            comments.append(comment(targets.get(i), "what is right for each example: ", network.targets().get(i)));
        }
        return comments.append("@param ").append(count).append(" number of examples\n").toString();
    }

    private static String comment(Local parameter, String role, Port port) {
        return "@param " + parameter + " " + role + Comments.value(port, false) + "\n";
    }

    /// `trainer()` and `trainer(seed, workers)` of the network itself.
    List<Member> factories() {
        Local seed = new Local("seed", Type.LONG);
        Local workers = new Local("workers", WORKERS);
        Expression shared = Expression.call(Method.ofClass(WORKERS, "shared", WORKERS));
        return List.of(
                new Member(
                        "Training of a copy of the weights; `close` or `publish` gives them to this network. Seed 0, the shared threads.",
                        new MethodCode(Set.of(Modifier.PUBLIC), "trainer", List.of(), type,
                                List.of(Statement.result(made(Expression.constant(0L), shared))))),
                new Member("""
                        Training of a copy of the weights; `close` or `publish` gives them to this network.

                        @param seed of dropout and whatever else is random in training
                        @param workers threads; results do not depend on their number""",
                        new MethodCode(Set.of(Modifier.PUBLIC), "trainer", List.of(seed, workers), type,
                                List.of(Statement.result(made(seed, workers))))));
    }

    /// The same methods for who knows no more than `nnet.runtime.Network`. The Java compiler adds them by itself.
    List<MethodCode> bridges() {
        return factories().stream().map(Member::method)
                .map(method -> new MethodCode(Set.of(Modifier.PUBLIC, Modifier.BRIDGE), method.name(), method.parameters(), TRAINER,
                        method.body()))
                .toList();
    }

    private Expression made(Expression seed, Expression workers) {
        return new NewObject(Method.constructor(type, outer, Type.LONG, WORKERS), List.of(new This(outer), seed, workers));
    }
}
