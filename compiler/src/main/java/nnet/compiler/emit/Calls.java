package nnet.compiler.emit;

import static nnet.compiler.code.Expression.call;
import static nnet.compiler.code.Expression.constant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import nnet.compiler.code.Arithmetic;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Field;
import nnet.compiler.code.Local;
import nnet.compiler.code.Loop;
import nnet.compiler.code.Method;
import nnet.compiler.code.MethodCode;
import nnet.compiler.code.Modifier;
import nnet.compiler.code.Statement;
import nnet.compiler.code.Switch;
import nnet.compiler.code.This;
import nnet.compiler.code.Type;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.Argument;
import nnet.compiler.loop.LoopProgram.Command;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.LoopProgram.Repeat;
import nnet.compiler.loop.LoopProgram.Share;
import nnet.compiler.loop.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// The methods of one program that stand between the runtime and the kernels: one for each call, which takes the arguments from the workspace;
/// one that runs all calls; one that runs a part of one call.
final class Calls {

    static final Type WORKSPACE = Type.of("nnet.runtime.Workspace");
    static final Type KERNELS = Type.of("nnet.runtime.Kernels");
    private static final Field DIMS = Field.ofObject(WORKSPACE, "dims", Type.INT.array());
    private static final Field WHOLE = Field.ofObject(WORKSPACE, "whole", Type.INT.array());
    private static final Field FIRST = Field.ofObject(WORKSPACE, "first", Type.INT);
    private static final Field STEPS = Field.ofObject(WORKSPACE, "steps", Type.INT.array());
    private static final Method PAYS = Method.ofObject(WORKSPACE, "pays", Type.BOOLEAN, Type.INT, Type.INT);
    private static final Method PARTS = Method.ofObject(WORKSPACE, "parts", Type.INT, Type.INT, Type.INT);
    private static final Method ROWS = Method.ofObject(WORKSPACE, "rows", WORKSPACE, Type.INT, Type.INT, Type.INT, Type.INT);
    private static final Method PARALLEL = Method.ofObject(WORKSPACE, "parallel", Type.VOID, KERNELS, Type.INT, Type.INT, Type.INT);

    /// Calls in one method, so that none grows with the program.
    private static final int GROUP = 64;

    private final Type owner;
    private final Names names;
    private final LoopProgram program;
    private final List<KernelCall> calls;
    private final int number;
    private final KernelMethods kernels;
    private final ToIntFunction<Span> lines;
    private final List<MethodCode> methods = new ArrayList<>();

    Calls(Type owner, Names names, LoopProgram program, int number, KernelMethods kernels, ToIntFunction<Span> lines) {
        this.owner = owner;
        this.names = names;
        this.program = program;
        calls = program.calls();
        this.number = number;
        this.kernels = kernels;
        this.lines = lines;
    }

    List<MethodCode> methods() {
        return methods;
    }

    /// Writes all methods and returns the two that the class calls: `run(Workspace)` and `part(int call, Workspace, int worker, int from, int to)`.
    List<Method> write() {
        List<Method> targets = new ArrayList<>();
        for (KernelCall call : calls) {
            targets.add(add(arguments(call)));
        }
        Numbered numbered = new Numbered(List.copyOf(targets));
        Method run = run(program.name(), program.commands(), numbered);
        targets.addAll(numbered.shares);
        return List.of(run, part(targets));
    }

    private Method add(MethodCode method) {
        methods.add(method);
        return method.in(owner);
    }

    /// Takes the arguments of one call from the workspace.
    private MethodCode arguments(KernelCall call) {
        int line = lines.applyAsInt(call.span());
        KernelMethods.Entry entry = kernels.entry(call.kernel(), line);
        Local workspace = new Local("workspace", WORKSPACE);
        Local worker = new Local("worker", Type.INT);
        Local from = new Local("from", Type.INT);
        Local to = new Local("to", Type.INT);
        List<Expression> arguments = new ArrayList<>();
        List<Buffer> formal = call.kernel().buffers().stream().filter(buffer -> !buffer.isScratch()).toList();
        Expression.demand(formal.size() == call.arguments().size(), "%s takes %s buffers", call.kernel().name(), formal.size());
        for (Argument argument : call.arguments()) {
            arguments.add(table(workspace, "", argument.storage().element()).at(constant(argument.storage().id())));
            arguments.add(argument.begin().terms().stream().map(term -> dimension(term, workspace)).reduce(Expression::add)
                    .orElse(constant(0)));
        }
        for (ElementType element : entry.scratch().elements()) {
            arguments.add(table(workspace, "scratch", element).at(worker));
        }
        call.kernel().symbols().forEach(symbol -> arguments.add(symbol(DIMS, symbol.name(), workspace)));
        arguments.addAll(List.of(from, to));
        Statement invoke = new Statement.Evaluate(call(entry.method(), arguments.toArray(Expression[]::new)));
        List<Statement> body = line > 0 ? List.of(new Statement.Line(line), invoke) : List.of(invoke);
        return new MethodCode(Set.of(Modifier.PRIVATE, Modifier.STATIC), names.unique(program.name() + "_" + methods.size()),
                List.of(workspace, worker, from, to), Type.VOID, body);
    }

    /// `workspace.f32`, `workspace.scratchF32`
    private static Expression table(Local workspace, String prefix, ElementType element) {
        String type = Scratch.stored(element).toString();
        String name = prefix.isEmpty() ? type : prefix + type.toUpperCase(Locale.ROOT);
        return workspace.get(Field.ofObject(WORKSPACE, name, Scope.array(element).array()));
    }

    private Expression dimension(Dim dimension, Local workspace) {
        Expression product = constant(dimension.factor());
        for (String symbol : dimension.symbols()) {
            product = Expression.multiply(product, place(symbol, workspace));
        }
        return product;
    }

    /// A symbol in an offset or a count: that of the whole batch.
    private Expression place(String name, Local workspace) {
        if (name.equals(Share.FIRST)) {
            return workspace.get(FIRST);
        }
        return IntStream.range(0, Repeat.DEEPEST).filter(depth -> Repeat.step(depth).equals(name)).boxed().findFirst()
                .map(depth -> workspace.get(STEPS).at(constant(depth)))
                .orElseGet(() -> symbol(WHOLE, name, workspace));
    }

    private Expression symbol(Field sizes, String name, Local workspace) {
        int position = program.symbols().indexOf(name);
        Expression.demand(position >= 0, "the program %s has no dimension %s", program.name(), name);
        return workspace.get(sizes).at(constant(position));
    }

    /// The methods of the calls, which are taken in order, and those of what is shared, numbered behind them.
    private static final class Numbered {
        final List<Method> methods;
        final List<Method> shares = new ArrayList<>();
        int next;

        Numbered(List<Method> methods) {
            this.methods = methods;
        }
    }

    /// A method that runs commands: a method for each group of them, where there is more than one.
    private Method run(String name, List<Command> commands, Numbered calls) {
        if (commands.size() <= GROUP) {
            return add(group(name, commands, calls));
        }
        Local workspace = new Local("workspace", WORKSPACE);
        List<Statement> body = new ArrayList<>();
        for (int group = 0; group < commands.size(); group += GROUP) {
            List<Command> members = commands.subList(group, Math.min(group + GROUP, commands.size()));
            Method method = add(group(name + "_from" + calls.next, members, calls));
            body.add(new Statement.Evaluate(new This(owner).invoke(method, workspace)));
        }
        return add(new MethodCode(Set.of(Modifier.PRIVATE), names.unique(name), List.of(workspace), Type.VOID, body));
    }

    private MethodCode group(String name, List<Command> commands, Numbered calls) {
        Local workspace = new Local("workspace", WORKSPACE);
        Names locals = new Names();
        List<Statement> body = new ArrayList<>();
        for (Command command : commands) {
            switch (command) {
                case KernelCall _ -> {
                    int call = calls.next++;
                    body.addAll(start(call, calls.methods.get(call), workspace, locals));
                }
                case Repeat repeat -> body.addAll(repeat(repeat, calls, workspace, new Scope(locals)));
                case Share share -> body.addAll(share(share, calls, workspace, new Scope(locals)));
            }
        }
        return new MethodCode(Set.of(Modifier.PRIVATE), names.unique(name), List.of(workspace), Type.VOID, body);
    }

    /// `for (int turn = 0; turn < count; turn++) { workspace.steps[depth] = turn; this.steps(workspace); }`
    private List<Statement> repeat(Repeat repeat, Numbered calls, Local workspace, Scope scope) {
        Method turn = run(program.name() + "_step" + calls.next, repeat.body(), calls);
        List<Statement> statements = new ArrayList<>();
        Expression count = Bounds.fixed(scope, dimension(repeat.count(), workspace), "count", statements);
        Local counter = scope.local("turn", Type.INT);
        Expression number = repeat.backwards() ? Expression.subtract(Expression.subtract(count, constant(1)), counter) : counter;
        Statement set = new Statement.SetElement(workspace.get(STEPS), constant(repeat.depth()), number);
        statements.add(Loop.over(counter, constant(0), count, 1,
                List.of(set, new Statement.Evaluate(new This(owner).invoke(turn, workspace)))));
        return statements;
    }

    /// Runs everything for all rows, or for parts of them on several threads where that pays.
    private List<Statement> share(Share share, Numbered calls, Local workspace, Scope scope) {
        Expression symbol = constant(program.symbols().indexOf(share.symbol()));
        String name = program.name() + "_rows" + calls.next;
        Method body = run(name, share.body(), calls);
        int number = calls.methods.size() + calls.shares.size();
        calls.shares.add(add(rows(name, symbol, body)));
        List<Statement> statements = new ArrayList<>();
        Expression parts = Bounds.fixed(scope, workspace.invoke(PARTS, symbol, constant(share.cost())), "parts", statements);
        Expression parallel = workspace.invoke(PARALLEL, new This(owner), constant(this.number), constant(number), parts);
        statements.add(new Statement.If(Expression.less(constant(1), parts), Statement.block(new Statement.Evaluate(parallel)),
                Optional.of(Statement.block(new Statement.Evaluate(new This(owner).invoke(body, workspace))))));
        return statements;
    }

    /// Runs everything for some of the parts.
    private MethodCode rows(String name, Expression symbol, Method body) {
        List<Local> parameters = parameters("call").subList(1, 5);
        Expression[] range = {parameters.get(1), symbol, parameters.get(2), parameters.get(3)};
        Expression part = parameters.getFirst().invoke(ROWS, range);
        return new MethodCode(Set.of(Modifier.PRIVATE), names.unique(name + "_part"), parameters, Type.VOID,
                List.of(new Statement.Evaluate(new This(owner).invoke(body, part))));
    }

    /// Runs one call here, or on several threads where that pays.
    private List<Statement> start(int call, Method method, Local workspace, Names locals) {
        var kernel = calls.get(call).kernel();
        Scope scope = new Scope(locals);
        for (Variable symbol : kernel.symbols()) {
            scope.bind(symbol, symbol(DIMS, symbol.name(), workspace));
        }
        Scalar scalar = new Scalar(scope);
        List<Statement> body = new ArrayList<>();
        int line = lines.applyAsInt(calls.get(call).span());
        if (line > 0) {
            body.add(new Statement.Line(line));
        }
        if (kernel.extent() instanceof Expr.Literal(ElementType _, double extent) && extent == 1) {
            body.add(new Statement.Evaluate(call(method, workspace, constant(0), constant(0), constant(1))));
            return body;
        }
        Expression extent = Bounds.fixed(scope, scalar.expression(kernel.extent()), "extent", body);
        Expression parallel = workspace.invoke(PARALLEL, new This(owner), constant(number), constant(call), extent);
        Expression alone = call(method, workspace, constant(0), constant(0), extent);
        body.add(new Statement.If(workspace.invoke(PAYS, extent, scalar.expression(kernel.cost())),
                Statement.block(new Statement.Evaluate(parallel)),
                Optional.of(Statement.block(new Statement.Evaluate(alone)))));
        return body;
    }

    private Method part(List<Method> calls) {
        List<Local> parameters = parameters("call");
        List<Statement.Block> groups = new ArrayList<>();
        for (int group = 0; group < calls.size(); group += GROUP) {
            List<Method> members = calls.subList(group, Math.min(group + GROUP, calls.size()));
            Method method = add(dispatch(owner, names.unique(program.name() + "_part" + group), "call", group, members));
            groups.add(Statement.block(new Statement.Evaluate(invoke(owner, method, parameters))));
        }
        Expression selector = Arithmetic.of(Arithmetic.Operator.DIVIDE, parameters.getFirst(),
                constant(GROUP));
        List<Statement> body = List.of(new Switch(selector, groups, Statement.block()));
        return add(new MethodCode(Set.of(Modifier.PRIVATE), names.unique(program.name() + "_part"), parameters, Type.VOID, body));
    }

    /// A method that calls one of several, by its first parameter.
    private static MethodCode dispatch(Type owner, String name, String selector, int first, List<Method> targets) {
        List<Local> parameters = parameters(selector);
        List<Local> rest = parameters.subList(1, parameters.size());
        List<Statement.Block> cases = targets.stream()
                .map(target -> Statement.block(new Statement.Evaluate(invoke(owner, target, rest)))).toList();
        return new MethodCode(Set.of(Modifier.PRIVATE), name, parameters, Type.VOID,
                List.of(new Switch(Expression.subtract(parameters.getFirst(), constant(first)), cases, Statement.block())));
    }

    private static Expression invoke(Type owner, Method target, List<Local> arguments) {
        Expression[] values = arguments.toArray(Expression[]::new);
        return target.kind() == Method.Kind.STATIC ? call(target, values) : new This(owner).invoke(target, values);
    }

    static List<Local> parameters(String selector) {
        return List.of(new Local(selector, Type.INT), new Local("workspace", WORKSPACE), new Local("worker", Type.INT),
                new Local("from", Type.INT),
                new Local("to", Type.INT));
    }
}
