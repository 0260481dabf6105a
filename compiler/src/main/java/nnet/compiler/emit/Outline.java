package nnet.compiler.emit;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Local;
import nnet.compiler.code.Method;
import nnet.compiler.code.MethodCode;
import nnet.compiler.code.Modifier;
import nnet.compiler.code.Statement;
import nnet.compiler.code.Type;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Canonical;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;

/// Cuts a kernel into methods. HotSpot compiles small methods well, and those over 8,000 bytes not at all; so the nests of a larger kernel become methods
/// of their own, whose parameters are what they use of their surroundings. Equal nests, also of different kernels, share one method: convolutions of different
/// shapes differ in the loops around their tiles only.
final class Outline {

    private static final int LARGEST_VECTOR = 16;

    /// Where the methods of the kernel go, and those that there are already.
    record Home(Type owner, Names names, int line, Machine machine, Map<Form, Method> shared, Consumer<MethodCode> methods) {
    }

    /// What makes two methods the same: the statement without its accidents, and what stands for each thing that it uses: a constant, or which parameter.
    record Form(Stmt statement, List<Object> uses) {
        Form {
            uses = List.copyOf(uses);
        }
    }

    private final Home home;
    private final String kernel;
    private final boolean cut;

    /// @param cut whether nests become methods of their own
    Outline(Home home, String kernel, boolean cut) {
        this.home = home;
        this.kernel = kernel;
        this.cut = cut;
    }

    /// The call of a new method that holds the statement, if it deserves one.
    Optional<List<Statement>> extract(Stmt statement, Scope scope) {
        if (!cut) {
            return Optional.empty();
        }
        return switch (statement) {
            case Stmt.Section section -> extract(section.name(), section, scope);
            case Stmt.Vector vector when isCopy(vector) -> Optional.empty();
            case Stmt.Vector vector -> extract(kernel + "_vector", vector, scope);
            case Stmt.Reduce reduce when reduce.lanes() > 1 -> extract(kernel + "_reduce", reduce, scope);
            case Stmt.Reduce _,Stmt.Let _,Stmt.Var _,Stmt.Assign _,Stmt.Store _,Stmt.For _,Stmt.Marked _,Stmt.If _ ->
                Optional.empty();
        };
    }

    /// One vector that is copied is no more than its call would be.
    private static boolean isCopy(Stmt.Vector vector) {
        return Bounds.isKnown(vector.from(), vector.to()) && Bounds.count(vector.from(), vector.to()) == vector.width()
                && vector.width() <= LARGEST_VECTOR && vector.body().size() == 1 && vector.body().getFirst() instanceof Stmt.Store;
    }

    private Optional<List<Statement>> extract(String name, Stmt statement, Scope outer) {
        Uses uses = Uses.of(List.of(statement));
        if (!uses.changed().isEmpty()) {
            return Optional.empty();
        }
        Parameters parameters = new Parameters();
        uses.buffers.forEach(buffer -> parameters.take(buffer, outer));
        uses.free().forEach(variable -> parameters.take(variable, outer));
        if (parameters.locals.size() > 200) {
            return Optional.empty();
        }
        Optional<Variable> result = statement instanceof Stmt.Reduce reduce ? Optional.of(reduce.result()) : Optional.empty();
        Form form = new Form(Canonical.of(statement), parameters.uses);
        Method method = home.shared.get(form);
        if (method == null) {
            method = write(name, statement, parameters, result);
            home.shared.put(form, method);
        }
        Expression call = Expression.call(method, parameters.arguments.toArray(Expression[]::new));
        return Optional.of(List.of(result.<Statement>map(variable -> new Statement.Declare(outer.declare(variable), call))
                .orElseGet(() -> new Statement.Evaluate(call))));
    }

    private Method write(String name, Stmt statement, Parameters parameters, Optional<Variable> result) {
        boolean nested = statement instanceof Stmt.Section;
        List<Statement> body = new ArrayList<>();
        if (home.line > 0) {
            body.add(new Statement.Line(home.line));
        }
        body.addAll(new Nest(parameters.scope, nested ? this : new Outline(home, kernel, false), home.machine).statement(statement));
        result.ifPresent(variable -> body.add(Statement.result(parameters.scope.read(variable))));
        MethodCode method = new MethodCode(Set.of(Modifier.PRIVATE, Modifier.STATIC), home.names.unique(name), parameters.locals,
                result.map(variable -> Scope.type(variable.type())).orElse(Type.VOID), body);
        home.methods.accept(method);
        return method.in(home.owner);
    }

    /// The parameters of a new method, and the arguments of its call.
    private static final class Parameters {
        final List<Local> locals = new ArrayList<>();
        final List<Expression> arguments = new ArrayList<>();
        final List<Object> uses = new ArrayList<>();
        final Scope scope = new Scope(new Names());
        private final Map<Expression, Local> taken = new IdentityHashMap<>();

        void take(Variable variable, Scope outer) {
            scope.bind(variable, take(variable.name(), outer.read(variable)));
        }

        void take(Buffer buffer, Scope outer) {
            Scope.Place place = outer.place(buffer);
            Expression array = take(place.array().toString(), place.array());
            scope.bind(buffer, new Scope.Place(array, take(place.offset().toString(), place.offset())));
        }

        private Expression take(String name, Expression argument) {
            if (Expression.isConstant(argument)) {
                uses.add(argument);
                return argument;
            }
            Local parameter = taken.computeIfAbsent(argument, _ -> {
                Local local = scope.local(name, argument.type());
                locals.add(local);
                arguments.add(argument);
                return local;
            });
            uses.add(List.of(locals.indexOf(parameter), parameter.type()));
            return parameter;
        }
    }
}
