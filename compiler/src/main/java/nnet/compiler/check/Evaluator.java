package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Block;
import nnet.compiler.syntax.Declaration;
import nnet.compiler.syntax.Declaration.Definition;
import nnet.compiler.syntax.Expression;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// Evaluates expressions: known values at once, tensors by adding steps to a body. One evaluator makes one body.
///
/// Mistakes are reported and become `Unknown`, so that one run says all that it can.
final class Evaluator {

    /// What a body is for decides what may be used in it.
    enum Purpose {
        PREDICTION, TRAINING, INITIAL, OPTIMIZER, METRIC;

        boolean hasRandomNumbers() {
            return this == TRAINING || this == INITIAL;
        }
    }

    private final Session session;
    private final Purpose purpose;
    private final Emission emission;
    private final Keeper keeper;
    private final Statements statements = new Statements(this);
    private final Calls calls = new Calls(this);
    private final Types types = new Types(this);
    private final Sizes sizes = new Sizes(this);
    private final Records records = new Records(this);
    private final Operators operators = new Operators(this);
    private final Indexing indexing = new Indexing(this);
    private final Scans scans = new Scans(this);
    private Place place;
    private int branches;

    Evaluator(Session session, Purpose purpose, Emission emission, Keeper keeper, Place place) {
        this.session = session;
        this.purpose = purpose;
        this.emission = emission;
        this.keeper = keeper;
        this.place = place;
    }

    Session session() {
        return session;
    }

    Report report() {
        return session.report();
    }

    Purpose purpose() {
        return purpose;
    }

    Emission emission() {
        return emission;
    }

    Keeper keeper() {
        return keeper;
    }

    Calls calls() {
        return calls;
    }

    Types types() {
        return types;
    }

    Sizes sizes() {
        return sizes;
    }

    Records records() {
        return records;
    }

    Operators operators() {
        return operators;
    }

    Scans scans() {
        return scans;
    }

    Place place() {
        return place;
    }

    /// Whether a run-time `if` is being evaluated: both of its branches are, so neither may change anything.
    boolean inBranch() {
        return branches > 0;
    }

    /// Evaluates the step of a scan: what it computes is its own, also inside of a run-time `if`.
    <T> T inStep(Supplier<T> evaluation) {
        int before = branches;
        branches = 0;
        try {
            return evaluation.get();
        } finally {
            branches = before;
        }
    }

    /// Evaluates with another place to put layers.
    <T> T at(Place other, Supplier<T> evaluation) {
        Place before = place;
        place = other;
        try {
            return evaluation.get();
        } finally {
            place = before;
        }
    }

    Datum block(Block block, Scope scope) {
        return statements.run(block, scope);
    }

    Datum evaluate(Expression expression, Scope scope) {
        return evaluate(expression, scope, Want.ANY);
    }

    Datum evaluate(Expression expression, Scope scope, Want want) {
        if (!session.work(expression.span())) {
            return new Datum.Unknown();
        }
        return switch (expression) {
            case Expression.IntegerLiteral literal -> new Datum.Whole(literal.value());
            case Expression.RealLiteral literal -> new Datum.Real(literal.value());
            case Expression.BooleanLiteral literal -> new Datum.Truth(literal.value());
            case Expression.StringLiteral literal -> new Datum.Text(literal.value());
            case Expression.Reference reference -> reference(reference, scope, want);
            case Expression.Call call -> calls.call(call, scope, want);
            case Expression.Pipe pipe -> calls.pipe(pipe, scope);
            case Expression.Index index -> indexing.index(index, scope);
            case Expression.Range range -> indexing.interval(range, scope);
            case Expression.Member member -> member(member, scope);
            case Expression.Unary unary -> operators.unary(unary.operator(), evaluate(unary.operand(), scope), unary.span());
            case Expression.Binary binary -> operators.binary(binary, scope);
            case Expression.If choice -> choose(choice, scope);
            case Expression.Tuple tuple -> group(tuple, scope);
            case Expression.ListLiteral list ->
                new Datum.Listing(list.elements().stream().map(element -> evaluate(element, scope, want)).toList());
            case Expression.Lambda lambda ->
                new Datum.Closure(lambda.parameters().stream().map(Declaration.Name::text).toList(), lambda.body(), scope);
            case Expression.BlockExpression block -> block(block.block(), scope.inner());
            case Expression.Repeat repeat -> new Datum.Repeated(repeat, scope);
            case Expression.Scan scan -> scans.scan(scan, scope);
        };
    }

    private Datum reference(Expression.Reference reference, Scope scope, Want want) {
        String name = reference.name().text();
        return scope.find(name).or(() -> declared(name, scope.file(), want, reference.span())).or(() -> primitive(name))
                .orElseGet(() -> scope.file().hasMissed(name) ? new Datum.Unknown() : report().add(unknown(name, reference.span(), scope)));
    }

    private static Problem unknown(String name, Span span, Scope scope) {
        return scope.file().offer(name).<Problem>map(path -> new NameProblem.NotImported(span, name, path))
                .orElseGet(() -> new NameProblem.Unknown(span, "", "name", name, scope.known()));
    }

    /// A file-level name; of several definitions the first of a wanted kind.
    private Optional<Datum> declared(String name, FileScope file, Want want, Span span) {
        List<FileScope.Found> found = file.find(name);
        return found.stream().filter(one -> one.declaration() instanceof Definition definition && want.kinds().contains(definition.kind()))
                .findFirst()
                .or(() -> found.stream().findFirst()).map(one -> value(one, name, span));
    }

    private Datum value(FileScope.Found found, String name, Span span) {
        return switch (found.declaration()) {
            case Definition definition -> new Datum.Defined(definition, found.home(), Optional.empty(), Optional.empty());
            case Declaration.Constant constant ->
                found.home().constant(name, span, report(), () -> session.constant(this, constant, found.home()));
            case Declaration.Network network -> report()
                    .add(new RuleProblem.Misplaced(span, "the network `" + network.name() + "`", "as a value",
                            "make it a layer to use it inside another"));
            case Declaration.Enumeration enumeration -> members(enumeration);
            case Declaration.Row row -> report().add(new RuleProblem.Misplaced(span, "the record `" + row.name() + "`", "as a value",
                    "it is the type of an input of the network"));
            case Declaration.Train _ -> throw new IllegalStateException("a train block has no name");
        };
    }

    /// The members of an enum are their numbers, by name.
    private static Datum members(Declaration.Enumeration enumeration) {
        List<Datum> numbers = IntStream.range(0, enumeration.members().size()).mapToObj(i -> (Datum) new Datum.Whole(i)).toList();
        return new Datum.Group(enumeration.members().stream().map(member -> member.name().text()).toList(), numbers);
    }

    private Optional<Datum> primitive(String name) {
        return switch (name) {
            case "training" -> Optional.of(new Datum.Truth(purpose == Purpose.TRAINING));
            case "pi" -> Optional.of(new Datum.Real(Math.PI));
            case "infinity" -> Optional.of(new Datum.Real(Double.POSITIVE_INFINITY));
            default -> Builtin.find(name).map(Datum.Primitive::new);
        };
    }

    private Datum member(Expression.Member member, Scope scope) {
        Datum value = evaluate(member.value(), scope);
        if (value instanceof Datum.Group group && group.names().contains(member.name().text())) {
            return group.elements().get(group.names().indexOf(member.name().text()));
        }
        if (value instanceof Datum.Unknown) {
            return value;
        }
        if (value instanceof Datum.Tensor(Variable vector) && session.row(vector).isPresent()) {
            return indexing.field(vector, session.row(vector).get(), member);
        }
        List<String> known = value instanceof Datum.Group group ? group.names() : List.of();
        String holder = value instanceof Datum.Group ? "`" + member.value().span().text() + "`" : Datum.describe(value);
        return report()
                .add(new NameProblem.Unknown(member.name().span(), holder, "member", member.name().text(), known));
    }

    private Datum group(Expression.Tuple tuple, Scope scope) {
        List<String> names = tuple.elements().stream().flatMap(element -> element.name().stream()).map(Declaration.Name::text).toList();
        List<Datum> elements = new ArrayList<>();
        tuple.elements().forEach(element -> elements.add(evaluate(element.value(), scope)));
        return new Datum.Group(names.size() == elements.size() ? names : List.of(), elements);
    }

    /// A known condition takes one branch; a condition that depends on the data evaluates both and selects, element by element.
    private Datum choose(Expression.If choice, Scope scope) {
        Datum condition = evaluate(choice.condition(), scope);
        return switch (condition) {
            case Datum.Unknown unknown -> unknown;
            case Datum.Truth(boolean holds) when holds -> block(choice.then(), scope.inner());
            case Datum.Truth _ -> choice.otherwise().map(otherwise -> block(otherwise, scope.inner())).orElse(new Datum.Nothing());
            case Datum.Tensor(Variable variable) when variable.type().element() == ElementType.BOOL -> select(choice, condition, scope);
            default -> report().add(
                    new KindProblem.Expected(choice.condition().span(), "a condition", "true or false", Datum.describe(condition), ""));
        };
    }

    private Datum select(Expression.If choice, Datum condition, Scope scope) {
        if (choice.otherwise().isEmpty()) {
            return report().add(
                    new RuleProblem.Misplaced(choice.span(), "an `if` without `else`", "with a condition that depends on the data", ""));
        }
        branches++;
        Datum yes = block(choice.then(), scope.inner());
        Datum no = block(choice.otherwise().get(), scope.inner());
        branches--;
        return operators.select(condition, yes, no, choice.span());
    }

    /// A value as a tensor: numbers become constants. Empty where it is neither; that has then been reported.
    Optional<Variable> tensor(Datum datum, String what, Span span) {
        return switch (datum) {
            case Datum.Tensor(Variable variable) -> owned(variable, span);
            case Datum.Whole(long value) -> Optional.of(emission.constant(span, TensorType.scalar(ElementType.F32), value));
            case Datum.Real(double value) -> Optional.of(emission.constant(span, TensorType.scalar(ElementType.F32), value));
            case Datum.Truth(boolean value) -> Optional.of(emission.constant(span, TensorType.scalar(ElementType.BOOL), value ? 1 : 0));
            case Datum.Unknown _ -> Optional.empty();
            default -> {
                report().add(new KindProblem.Expected(span, what, "a tensor", Datum.describe(datum), ""));
                yield Optional.empty();
            }
        };
    }

    /// A tensor that this body may use: a function that was written where other tensors are in sight may carry one that it may not.
    Optional<Variable> owned(Variable variable, Span span) {
        if (emission.owns(variable)) {
            return Optional.of(variable);
        }
        report().add(new KindProblem.RunTime(span, "what is used here"));
        return Optional.empty();
    }
}
