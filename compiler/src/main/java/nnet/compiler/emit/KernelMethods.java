package nnet.compiler.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Local;
import nnet.compiler.code.Loop;
import nnet.compiler.code.Method;
import nnet.compiler.code.MethodCode;
import nnet.compiler.code.Modifier;
import nnet.compiler.code.Statement;
import nnet.compiler.code.Type;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Canonical;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Kernel;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.ElementType;

/// The static methods of kernels. Parameters: array and offset of every buffer that is not scratch, the scratch arrays, the symbolic dimensions, and the
/// range of the parallel loop. Equal kernels share their methods.
final class KernelMethods {

    /// A kernel as others call it.
    record Entry(Method method, Scratch scratch) {
    }

    private final Type owner;
    private final Names names;
    private final Machine machine;
    private final Map<Kernel, Entry> entries = new HashMap<>();
    /// The same for kernels that have been seen: most calls of a deep network share theirs, and need not be compared.
    private final Map<Kernel, Entry> seen = new IdentityHashMap<>();
    private final Map<Outline.Form, Method> shared = new HashMap<>();
    private final List<MethodCode> methods = new ArrayList<>();

    KernelMethods(Type owner, Names names, Machine machine) {
        this.owner = owner;
        this.names = names;
        this.machine = machine;
    }

    List<MethodCode> methods() {
        return methods;
    }

    /// The largest scratch that any kernel needs.
    int scratch(ElementType element) {
        return entries.values().stream().mapToInt(entry -> entry.scratch.size(element)).max().orElse(0);
    }

    /// @param line where the kernel comes from in the source, 0 if from nowhere
    Entry entry(Kernel kernel, int line) {
        return seen.computeIfAbsent(kernel, _ -> entries.computeIfAbsent(Canonical.of(kernel), _ -> write(Fission.of(kernel), line)));
    }

    private Entry write(Kernel kernel, int line) {
        Scratch scratch = new Scratch(kernel);
        String name = names.unique(kernel.name());
        List<MethodCode> parts = new ArrayList<>();
        Outline.Home home = new Outline.Home(owner, names, line, machine, shared, parts::add);
        MethodCode method = method(kernel, name, scratch, new Outline(home, name, Weight.isLarge(kernel)), line);
        methods.add(method);
        methods.addAll(parts);
        return new Entry(method.in(owner), scratch);
    }

    private MethodCode method(Kernel kernel, String name, Scratch scratch, Outline outline, int line) {
        Scope scope = new Scope(new Names());
        List<Local> parameters = new ArrayList<>();
        for (Buffer buffer : kernel.buffers()) {
            if (!buffer.isScratch()) {
                Local array = scope.local(buffer.name(), Scope.array(buffer.element()));
                Local offset = scope.local(buffer.name() + "Offset", Type.INT);
                parameters.addAll(List.of(array, offset));
                scope.bind(buffer, new Scope.Place(array, offset));
            }
        }
        Map<ElementType, Local> arrays = new HashMap<>();
        for (ElementType element : scratch.elements()) {
            Local array = scope.local("scratch", Scope.array(element));
            parameters.add(array);
            arrays.put(element, array);
        }
        scratch.offsets().forEach((buffer, offset) -> scope.bind(buffer,
                new Scope.Place(arrays.get(Scratch.stored(buffer.element())), Expression.constant((int) offset))));
        kernel.symbols().forEach(symbol -> parameters.add(scope.declare(symbol)));
        Local from = scope.local("from", Type.INT);
        Local to = scope.local("to", Type.INT);
        parameters.addAll(List.of(from, to));
        return new MethodCode(Set.of(Modifier.PRIVATE, Modifier.STATIC), name, parameters, Type.VOID,
                body(kernel, scope, outline, from, to, line));
    }

    private List<Statement> body(Kernel kernel, Scope scope, Outline outline, Local from, Local to, int line) {
        List<Statement> body = new ArrayList<>();
        if (line > 0) {
            body.add(new Statement.Line(line));
        }
        Nest nest = new Nest(scope, outline, machine);
        Variable index = kernel.index();
        if (kernel.extent() instanceof Expr.Literal(ElementType _, double extent) && extent == 1) {
            scope.bind(index, Expression.constant(0));
            body.addAll(nest.statements(kernel.body()));
        } else {
            Local counter = scope.declare(index);
            body.add(Loop.over(counter, from, to, 1, nest.statements(kernel.body())));
        }
        return body;
    }
}
