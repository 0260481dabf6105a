package nnet.compiler.loop;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nnet.compiler.loop.LoopProgram.Access;
import nnet.compiler.loop.LoopProgram.Argument;
import nnet.compiler.loop.LoopProgram.Command;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.LoopProgram.Repeat;
import nnet.compiler.loop.LoopProgram.Share;
import nnet.compiler.loop.LoopProgram.Storage;

/// Checks that a loop program is one: that calls fit their kernels, that no intermediate is read before it is written, and that every kernel keeps the rules
/// of its statements and types.
public final class LoopVerifier {

    private LoopVerifier() {
    }

    /// The program itself.
    ///
    /// @throws IllegalStateException with everything that is wrong: a mistake of the pass that made it
    public static LoopProgram verify(LoopProgram program) {
        List<String> problems = problems(program);
        if (!problems.isEmpty()) {
            throw new IllegalStateException("loop program " + program.name() + ":\n" + String.join("\n", problems));
        }
        return program;
    }

    /// What is wrong, one line for each mistake; empty for a good program.
    public static List<String> problems(LoopProgram program) {
        List<String> problems = new ArrayList<>();
        Map<Integer, Storage> storages = new HashMap<>();
        for (Storage storage : program.storages()) {
            if (storages.put(storage.id(), storage) != null) {
                problems.add("storage " + storage.id() + " is there twice");
            }
        }
        Set<Kernel> kernels = new LinkedHashSet<>(program.calls().stream().map(KernelCall::kernel).toList());
        kernels.forEach(kernel -> KernelVerifier.problems(kernel).forEach(problem -> problems.add(kernel.name() + ": " + problem)));
        checkCommands(program.commands(), Set.copyOf(program.symbols()), 0, problems);
        Set<Integer> written = new HashSet<>();
        for (int i = 0; i < program.calls().size(); i++) {
            KernelCall call = program.calls().get(i);
            String place = "call " + i + " of " + call.kernel().name() + ": ";
            callProblems(call, program, storages, written).forEach(problem -> problems.add(place + problem));
        }
        return problems;
    }

    /// Loops are numbered from the outside in, and offsets use dimensions of the program and steps of the loops around them.
    private static void checkCommands(List<Command> commands, Set<String> known, int depth, List<String> problems) {
        for (Command command : commands) {
            switch (command) {
                case KernelCall call -> call.arguments().stream().flatMap(argument -> argument.offset().terms().stream())
                        .flatMap(term -> term.symbols().stream()).filter(symbol -> !known.contains(symbol))
                        .forEach(symbol -> problems.add("an offset of " + call.kernel().name() + " uses " + symbol));
                case Repeat repeat -> {
                    if (repeat.depth() != depth || depth >= Repeat.DEEPEST) {
                        problems.add("a loop at depth " + depth + " says " + repeat.depth());
                    }
                    Set<String> inside = new HashSet<>(known);
                    inside.add(Repeat.step(repeat.depth()));
                    checkCommands(repeat.body(), inside, depth + 1, problems);
                }
                case Share share -> {
                    if (!known.contains(share.symbol()) || known.contains(Share.FIRST)) {
                        problems.add("rows of " + share.symbol() + " are shared where they are not known, or shared already");
                    }
                    Set<String> inside = new HashSet<>(known);
                    inside.add(Share.FIRST);
                    checkCommands(share.body(), inside, depth, problems);
                }
            }
        }
    }

    private static List<String> callProblems(KernelCall call, LoopProgram program, Map<Integer, Storage> storages, Set<Integer> written) {
        List<String> problems = new ArrayList<>();
        Kernel kernel = call.kernel();
        kernel.symbols().stream().filter(symbol -> !program.symbols().contains(symbol.name()))
                .forEach(symbol -> problems.add("the program has no symbol " + symbol.name()));
        List<Buffer> formals = kernel.buffers().stream().filter(buffer -> !buffer.isScratch()).toList();
        if (formals.size() != call.arguments().size()) {
            problems.add(call.arguments().size() + " arguments for " + formals.size() + " buffers");
            return problems;
        }
        Map<Buffer, Set<Access>> uses = uses(kernel);
        Iterator<Argument> arguments = call.arguments().iterator();
        for (Buffer formal : formals) {
            argumentProblems(formal, arguments.next(), uses.getOrDefault(formal, Set.of()), storages, written).forEach(problems::add);
        }
        call.arguments().stream().filter(argument -> argument.access() != Access.READ)
                .forEach(argument -> written.add(argument.storage().id()));
        return problems;
    }

    private static List<String> argumentProblems(Buffer formal, Argument argument, Set<Access> uses, Map<Integer, Storage> storages,
            Set<Integer> written) {
        List<String> problems = new ArrayList<>();
        Storage storage = argument.storage();
        Access access = argument.access();
        if (!storage.equals(storages.get(storage.id()))) {
            problems.add("storage " + storage.id() + " is not one of the program");
        }
        if (storage.element() != formal.element()) {
            problems.add(formal + " is " + formal.element() + ", storage " + storage.id() + " is " + storage.element());
        }
        if (uses.contains(Access.READ) && access == Access.WRITE || uses.contains(Access.WRITE) && access == Access.READ) {
            problems.add(formal + " is marked " + access + " but its accesses are " + uses);
        }
        if (access == Access.READ && storage.role().isEmpty() && !written.contains(storage.id())) {
            problems.add("storage " + storage.id() + " (" + storage.name() + ") is read before anything writes it");
        }
        return problems;
    }

    /// How a kernel uses its buffers.
    private static Map<Buffer, Set<Access>> uses(Kernel kernel) {
        Map<Buffer, Set<Access>> uses = new LinkedHashMap<>();
        Kernels.statements(kernel.body()).forEach(stmt -> {
            if (stmt instanceof Stmt.Store(var buffer, _, _)) {
                uses.computeIfAbsent(buffer, _ -> EnumSet.noneOf(Access.class)).add(Access.WRITE);
            }
            Kernels.expressions(stmt).flatMap(Kernels::withParts).forEach(expr -> {
                if (expr instanceof Expr.Load(var buffer, _)) {
                    uses.computeIfAbsent(buffer, _ -> EnumSet.noneOf(Access.class)).add(Access.READ);
                }
            });
        });
        return uses;
    }
}
