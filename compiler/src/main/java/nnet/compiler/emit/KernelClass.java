package nnet.compiler.emit;

import static nnet.compiler.code.Expression.call;
import static nnet.compiler.code.Expression.constant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import nnet.compiler.code.ClassCode;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Local;
import nnet.compiler.code.Method;
import nnet.compiler.code.MethodCode;
import nnet.compiler.code.Modifier;
import nnet.compiler.code.Statement;
import nnet.compiler.code.Switch;
import nnet.compiler.code.This;
import nnet.compiler.code.Type;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.schedule.Target;
import nnet.compiler.settle.Settle;
import nnet.compiler.source.Source;
import nnet.compiler.source.Span;
import nnet.compiler.type.ElementType;

/// The class that holds all programs of a network for one kind of machine. It extends `nnet.runtime.Kernels`, which the runtime calls.
public final class KernelClass {

    /// HotSpot leaves methods of more than 8,000 bytes to the interpreter. None of ours may come near, whatever the network.
    private static final int LARGEST_METHOD = 7_900;

    /// Programs that are scalar code in every kernel class: what runs once is done before vector code is warm, and the first values of a large network are a
    /// large part of its code.
    public static final Set<String> RUN_ONCE = Set.of("initialize", "prepare", Settle.PROGRAM);

    private KernelClass() {
    }

    /// Class files by binary name.
    ///
    /// @param binaryName the class to make, such as `org.example.Digits$Vector512`
    /// @param programs   expanded and planned; the runtime knows them by their positions here
    public static Map<String, byte[]> emit(String binaryName, List<LoopProgram> programs, Target target) {
        return Map.of(binaryName, code(binaryName, programs, target).toBytes(LARGEST_METHOD));
    }

    /// The same class as a tree, which prints as Java.
    public static ClassCode code(String binaryName, List<LoopProgram> programs, Target target) {
        Type type = Type.of(binaryName);
        Names names = new Names();
        List.of("run", "part", "scratchF32", "scratchF64", "scratchI32").forEach(names::unique);
        Machine machine = new Machine(type, target);
        KernelMethods often = new KernelMethods(type, names, machine);
        KernelMethods once = new KernelMethods(type, names, new Machine(type, Target.SCALAR));
        Optional<Source> source = source(programs);
        ToIntFunction<Span> lines = span -> source.filter(span.source()::equals).map(_ -> span.line()).orElse(0);
        List<Method> runs = new ArrayList<>();
        List<Method> parts = new ArrayList<>();
        List<MethodCode> calls = new ArrayList<>();
        for (int number = 0; number < programs.size(); number++) {
            KernelMethods kernels = RUN_ONCE.contains(programs.get(number).name()) ? once : often;
            Calls program = new Calls(type, names, programs.get(number), number, kernels, lines);
            List<Method> methods = program.write();
            runs.add(methods.get(0));
            parts.add(methods.get(1));
            calls.addAll(program.methods());
        }
        List<MethodCode> methods = new ArrayList<>(List.of(constructor(), run(type, runs), part(type, parts)));
        methods.add(scratch("scratchF32", Math.max(often.scratch(ElementType.F32), once.scratch(ElementType.F32))));
        methods.add(scratch("scratchF64", Math.max(often.scratch(ElementType.F64), once.scratch(ElementType.F64))));
        methods.add(scratch("scratchI32", Math.max(often.scratch(ElementType.I32), once.scratch(ElementType.I32))));
        methods.addAll(calls);
        methods.addAll(often.methods());
        methods.addAll(once.methods());
        return new ClassCode(Set.of(Modifier.PUBLIC, Modifier.FINAL), type, Calls.KERNELS, List.of(), source.map(KernelClass::fileName),
                machine.fields(),
                methods);
    }

    /// The text that most calls come from; a class file can name only one.
    private static Optional<Source> source(List<LoopProgram> programs) {
        Map<Source, Long> counts = programs.stream().flatMap(program -> program.calls().stream()).map(call -> call.span().source())
                .filter(source -> !source.equals(Span.NONE.source()))
                .collect(Collectors.groupingBy(source -> source, LinkedHashMap::new,
                        Collectors.counting()));
        return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private static String fileName(Source source) {
        return source.name().substring(Math.max(source.name().lastIndexOf('/'), source.name().lastIndexOf('\\')) + 1);
    }

    private static MethodCode constructor() {
        Statement body = new Statement.Evaluate(new This(Calls.KERNELS).invoke(Method.constructor(Calls.KERNELS)));
        return new MethodCode(Set.of(Modifier.PUBLIC), "<init>", List.of(), Type.VOID, List.of(body));
    }

    private static MethodCode run(Type type, List<Method> programs) {
        Local program = new Local("program", Type.INT);
        Local workspace = new Local("workspace", Calls.WORKSPACE);
        List<Statement.Block> cases = programs.stream()
                .map(method -> Statement.block(new Statement.Evaluate(new This(type).invoke(method, workspace)))).toList();
        return new MethodCode(Set.of(Modifier.PUBLIC), "run", List.of(program, workspace), Type.VOID,
                List.of(new Switch(program, cases, Statement.block())));
    }

    private static MethodCode part(Type type, List<Method> programs) {
        Local program = new Local("program", Type.INT);
        List<Local> parameters = new ArrayList<>(Calls.parameters("call"));
        Expression[] arguments = parameters.toArray(Expression[]::new);
        List<Statement.Block> cases = programs.stream()
                .map(method -> Statement.block(new Statement.Evaluate(new This(type).invoke(method, arguments))))
                .toList();
        parameters.addFirst(program);
        return new MethodCode(Set.of(Modifier.PUBLIC), "part", parameters, Type.VOID,
                List.of(new Switch(program, cases, Statement.block())));
    }

    private static MethodCode scratch(String name, int elements) {
        return new MethodCode(Set.of(Modifier.PUBLIC), name, List.of(), Type.INT, List.of(Statement.result(constant(elements))));
    }
}
