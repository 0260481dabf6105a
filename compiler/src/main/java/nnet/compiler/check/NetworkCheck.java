package nnet.compiler.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import nnet.compiler.check.Evaluator.Purpose;
import nnet.compiler.model.Length;
import nnet.compiler.model.Port;
import nnet.compiler.model.Row;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration;
import nnet.compiler.syntax.Declaration.Network;
import nnet.compiler.syntax.Declaration.Parameter;
import nnet.compiler.syntax.TypeExpression;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Puts a network together, once for each of its bodies.
final class NetworkCheck {

    /// A network body in the making, to which a loss may be added.
    record Pass(Evaluator evaluator, NetworkKeeper keeper, Scope scope, List<Variable> inputs, List<Variable> outputs) {
        Emission emission() {
            return evaluator.emission();
        }
    }

    private static final Set<String> RESERVED = Set.of("target", "loss", "key");

    private final Session session;
    private final Network network;
    private final FileScope file;
    private final Registry registry;
    private final Lengths lengths;
    private final List<Port> inputs;
    private List<Port> outputs = List.of();

    /// @param form the sizes to take for the lengths that are known only at run time; empty: their bounds
    NetworkCheck(Session session, Network network, FileScope file, Registry registry, List<Integer> form) {
        this.session = session;
        this.network = network;
        this.file = file;
        this.registry = registry;
        this.lengths = new Lengths(network, file, evaluator(Purpose.PREDICTION), form);
        this.inputs = declaredInputs();
    }

    List<Port> inputs() {
        return inputs;
    }

    /// The lengths that are known only at run time.
    List<Length> lengths() {
        return lengths.all();
    }

    /// Programs know their inputs and outputs by name, so each name is there once, and none is one that programs add themselves.
    private void checkNames() {
        Map<String, Span> places = new LinkedHashMap<>();
        for (Parameter port : Stream.concat(network.inputs().stream(), network.outputs().stream()).toList()) {
            port.name().ifPresent(name -> {
                Span first = places.putIfAbsent(name.text(), name.span());
                if (first != null) {
                    session.report().add(new NameProblem.Twice(name.span(), first, "name", name.text()));
                }
                if (RESERVED.contains(name.text())) {
                    session.report()
                            .add(new RuleProblem.Misplaced(name.span(), "`" + name.text() + "`", "as the name of an input or output",
                                    "the compiler uses this name itself"));
                }
            });
        }
        lengths().forEach(one -> Optional.ofNullable(places.get(one.name()))
                .map(first -> new NameProblem.Twice(one.span(), first, "name", one.name())).ifPresent(session.report()::add));
    }

    private List<Port> declaredInputs() {
        checkNames();
        Evaluator evaluator = evaluator(Purpose.PREDICTION);
        evaluator.records().checkAll(file);
        Sizes sizes = evaluator.sizes();
        List<Port> ports = new ArrayList<>();
        for (Parameter input : network.inputs()) {
            if (input.type().isEmpty()) {
                session.report().add(new KindProblem.Expected(input.span(), "an input of a network", "declared with a type", "without one",
                        "for example: x: [2]"));
            } else {
                lengths.plain(input.type().get()).flatMap(type -> sizes.declared(type, lengths.scope())).ifPresent(
                        typed -> ports
                                .add(new Port(Matching.name(input), Optional.empty(), typed.type(), typed.categories(), typed.meaning(),
                                        input.span())));
            }
        }
        ports.addAll(lengths.ports());
        return ports;
    }

    /// The outputs, as the last pass found them.
    List<Port> outputs() {
        return outputs;
    }

    private Evaluator evaluator(Purpose purpose) {
        return new Evaluator(session, purpose, session.emission(), new NetworkKeeper(registry), new Place(""));
    }

    /// Evaluates the network for prediction or training. Empty where it has no sound value, which has then been reported.
    Optional<Pass> run(Purpose purpose) {
        if (inputs.size() < network.inputs().size() + lengths().size()) {
            return Optional.empty();
        }
        NetworkKeeper keeper = new NetworkKeeper(registry);
        Evaluator evaluator = new Evaluator(session, purpose, session.emission(), keeper, new Place(""));
        Scope scope = Scope.of(file);
        List<Variable> variables = new ArrayList<>();
        for (Port input : inputs) {
            Variable variable = evaluator.emission().input(input.name(), Role.DATA, input.type(), input.categories(), input.span());
            variables.add(variable);
            scope.define(input.name(), encoded(evaluator, input, variable));
        }
        Datum value = evaluator.block(network.body(), scope);
        Optional<List<Variable>> results = results(evaluator, value);
        return results.map(found -> new Pass(evaluator, keeper, scope, variables, found));
    }

    /// What the network sees of an input: of a record the encoded vector.
    private Datum encoded(Evaluator evaluator, Port input, Variable variable) {
        Datum raw = new Datum.Tensor(variable);
        if (input.row().isEmpty()) {
            return raw;
        }
        Row row = input.row().get();
        Datum vector = evaluator.calls().apply(RowLayer.of(row, input.name(), file, session.report()), List.of(raw), input.span());
        if (vector instanceof Datum.Tensor(Variable encoded)) {
            session.encodes(encoded, row);
        }
        return vector;
    }

    private Optional<List<Variable>> results(Evaluator evaluator, Datum value) {
        if (value instanceof Datum.Unknown) {
            return Optional.empty();
        }
        Span end = network.body().statements().isEmpty() ? network.name().span() : network.body().statements().getLast().span();
        if (value instanceof Datum.Nothing) {
            session.report().add(new KindProblem.NoValue(end, "the network `" + network.name() + "`"));
            return Optional.empty();
        }
        List<Datum> values = value instanceof Datum.Group group ? group.elements() : List.of(value);
        List<Parameter> declared = network.outputs();
        if (!declared.isEmpty() && declared.size() != values.size()) {
            session.report().add(
                    new KindProblem.Expected(end, "the value of the network", declared.size() + " tensors", Datum.describe(value), ""));
            return Optional.empty();
        }
        List<Variable> variables = new ArrayList<>();
        List<Port> ports = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Optional<Variable> variable = evaluator.tensor(values.get(i), "the value of the network", end);
            if (variable.isEmpty()) {
                return Optional.empty();
            }
            Optional<Parameter> declaration = declared.isEmpty() ? Optional.empty() : Optional.of(declared.get(i));
            String name = declaration.flatMap(Parameter::name).map(Declaration.Name::text)
                    .orElse(values.size() == 1 ? "output" : "output" + (i + 1));
            variables.add(variable.get());
            port(evaluator, name, variable.get(), declaration).ifPresent(ports::add);
        }
        outputs = ports;
        return ports.size() == values.size() ? Optional.of(variables) : Optional.empty();
    }

    private Optional<Port> port(Evaluator evaluator, String name, Variable value, Optional<Parameter> declared) {
        Span span = declared.map(Parameter::span).orElse(value.span());
        Optional<TypeExpression> type = declared.flatMap(Parameter::type);
        if (type.isEmpty()) {
            return Optional.of(new Port(name, Optional.empty(), value.type(), OptionalInt.empty(), span));
        }
        Optional<Sizes.Typed> typed = evaluator.sizes().declared(type.get(), lengths.scope());
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        if (typed.get().meaning().orElse(null) instanceof Row row) {
            session.report().add(new RuleProblem.Misplaced(span, "the record `" + row.name() + "`", "as an output",
                    "give the output several names: -> (a: real, b: real)"));
            return Optional.empty();
        }
        TensorType expected = typed.get().type();
        if (typed.get().categories().isPresent()) {
            // The network computes the probability of each category.
            List<Dim> dims = new ArrayList<>(expected.shape().dims());
            dims.add(Dim.of(typed.get().categories().getAsInt()));
            expected = TensorType.f32().withShape(new Shape(dims));
        }
        if (!value.type().equals(expected)) {
            String promise = typed.get().describe()
                    + (typed.get().categories().isPresent() ? ", so a probability for each: " + expected : "");
            session.report()
                    .add(new ShapeProblem.Output(value.span(), network.name().text(), promise, "", value.describe(), type.get().span()));
            return Optional.empty();
        }
        return Optional.of(new Port(name, Optional.empty(), expected, typed.get().categories(), typed.get().meaning(), span));
    }
}
