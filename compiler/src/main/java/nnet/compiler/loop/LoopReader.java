package nnet.compiler.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.loop.LoopProgram.Access;
import nnet.compiler.loop.LoopProgram.Argument;
import nnet.compiler.loop.LoopProgram.Command;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.LoopProgram.Repeat;
import nnet.compiler.loop.LoopProgram.Position;
import nnet.compiler.loop.LoopProgram.Share;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.source.Span;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// Reads what `LoopPrinter` writes. Everything comes back but the places in the source.
public final class LoopReader {

    private final Tokens tokens;
    private final Map<Integer, Storage> storages = new HashMap<>();
    private final Map<Integer, Kernel> kernels = new HashMap<>();
    private final Map<Integer, Buffer> buffers = new HashMap<>();
    private final Map<Integer, Variable> variables = new HashMap<>();
    private final ExprReader exprs;

    private LoopReader(String text) {
        tokens = new Tokens(text);
        exprs = new ExprReader(tokens, buffers, variables);
    }

    /// @throws IllegalArgumentException with the line, where the text is not a program
    public static LoopProgram read(String text) {
        return new LoopReader(text).program();
    }

    public static Kernel readKernel(String text) {
        LoopReader reader = new LoopReader(text);
        reader.tokens.expect("kernel");
        return reader.kernel();
    }

    private LoopProgram program() {
        tokens.expect("program");
        String name = tokens.name();
        List<String> symbols = new ArrayList<>();
        tokens.list("(", ")", () -> symbols.add(tokens.name()));
        List<Storage> all = new ArrayList<>();
        List<Command> commands = new ArrayList<>();
        while (!tokens.atEnd()) {
            switch (tokens.next()) {
                case "storage" -> all.add(storage());
                case "kernel" -> kernels.put(tokens.integer(), kernel());
                case "call" -> commands.add(call());
                case "repeat" -> commands.add(repeat(0));
                case "share" -> commands.add(share(0));
                default -> throw tokens.unexpected("storage, kernel, call, repeat or share");
            }
        }
        return new LoopProgram(name, symbols, all, commands);
    }

    private Storage storage() {
        int id = tokens.integer();
        String name = tokens.name();
        tokens.expect(":");
        ElementType element = element();
        tokens.expect("[");
        Dim size = dim();
        tokens.expect("]");
        Optional<Role> role = Arrays.stream(Role.values()).filter(r -> tokens.accept(r.name().toLowerCase(Locale.ROOT))).findFirst();
        Storage storage = new Storage(id, name, element, size, role, position());
        storages.put(id, storage);
        return storage;
    }

    private Optional<Position> position() {
        if (!tokens.accept("slot")) {
            return Optional.empty();
        }
        int slot = tokens.integer();
        tokens.expect("from");
        return Optional.of(new Position(slot, dim()));
    }

    private ElementType element() {
        return ElementType.valueOf(tokens.next().toUpperCase(Locale.ROOT));
    }

    private Dim dim() {
        Dim dim = factor();
        while (tokens.accept("*")) {
            dim = dim.times(factor());
        }
        return dim;
    }

    private Dim factor() {
        return Character.isDigit(tokens.peek().charAt(0)) ? Dim.of(tokens.integer()) : Dim.symbol(tokens.next());
    }

    private Repeat repeat(int depth) {
        tokens.expect(Repeat.step(depth));
        tokens.expect("=");
        tokens.expect("0");
        tokens.expect("to");
        Dim count = dim();
        boolean backwards = tokens.accept("backwards");
        return new Repeat(depth, count, backwards, commands(depth + 1));
    }

    private Share share(int depth) {
        String symbol = tokens.name();
        tokens.expect("cost");
        return new Share(symbol, tokens.integer(), commands(depth));
    }

    private List<Command> commands(int depth) {
        List<Command> body = new ArrayList<>();
        tokens.expect("{");
        while (!tokens.accept("}")) {
            switch (tokens.next()) {
                case "call" -> body.add(call());
                case "repeat" -> body.add(repeat(depth));
                case "share" -> body.add(share(depth));
                default -> throw tokens.unexpected("call, repeat or share");
            }
        }
        return body;
    }

    private KernelCall call() {
        Kernel kernel = kernels.get(tokens.integer());
        List<Argument> arguments = new ArrayList<>();
        tokens.list("(", ")", () -> {
            Access access = Access.valueOf(tokens.next().toUpperCase(Locale.ROOT));
            Storage storage = storages.get(tokens.integer());
            Offset offset = Offset.ZERO;
            while (tokens.accept("+")) {
                offset = offset.plus(dim());
            }
            arguments.add(new Argument(storage, offset, access));
        });
        return new KernelCall(kernel, arguments, Span.NONE);
    }

    private Kernel kernel() {
        buffers.clear();
        variables.clear();
        String name = tokens.name();
        List<Buffer> formals = new ArrayList<>();
        tokens.list("(", ")", () -> formals.add(buffer()));
        List<Variable> symbols = new ArrayList<>();
        if (tokens.accept("symbols")) {
            do {
                symbols.add(bind(ElementType.I32));
            } while (tokens.accept(","));
        }
        tokens.expect("parallel");
        Variable index = bind(ElementType.I32);
        tokens.expect("=");
        tokens.expect("0");
        tokens.expect("to");
        Expr extent = exprs.read();
        tokens.expect("cost");
        Expr cost = exprs.read();
        return new Kernel(name, formals, symbols, index, extent, cost, block());
    }

    private Buffer buffer() {
        Tokens.Numbered formal = tokens.numbered();
        tokens.expect(":");
        ElementType element = element();
        Optional<Integer> size = Optional.empty();
        if (tokens.accept("[")) {
            size = Optional.of(tokens.integer());
            tokens.expect("]");
            tokens.expect("scratch");
        }
        Buffer buffer = new Buffer(formal.id(), formal.name(), element, size);
        buffers.put(buffer.id(), buffer);
        return buffer;
    }

    private Variable bind(ElementType type) {
        Tokens.Numbered numbered = tokens.numbered();
        Variable variable = new Variable(numbered.id(), numbered.name(), type);
        variables.put(variable.id(), variable);
        return variable;
    }

    private Variable bindTyped() {
        Tokens.Numbered numbered = tokens.numbered();
        tokens.expect(":");
        Variable variable = new Variable(numbered.id(), numbered.name(), element());
        variables.put(variable.id(), variable);
        tokens.expect("=");
        return variable;
    }

    private List<Stmt> block() {
        tokens.expect("{");
        List<Stmt> body = new ArrayList<>();
        while (!tokens.accept("}")) {
            body.add(stmt());
        }
        return body;
    }

    private Stmt stmt() {
        return switch (tokens.peek()) {
            case "let" -> {
                tokens.next();
                yield new Stmt.Let(bindTyped(), exprs.read());
            }
            case "var" -> {
                tokens.next();
                yield new Stmt.Var(bindTyped(), exprs.read());
            }
            case "for" -> {
                Range range = range();
                yield new Stmt.For(range.index, range.from, range.to, tokens.accept("step") ? tokens.integer() : 1, block());
            }
            case "marked" -> {
                tokens.next();
                Variable index = bind(ElementType.I32);
                tokens.expect("=");
                yield new Stmt.Marked(index, exprs.read(), block());
            }
            case "vector" -> {
                Range range = range();
                tokens.expect("width");
                yield new Stmt.Vector(range.index, range.from, range.to, tokens.integer(), block());
            }
            case "reduce" -> reduce();
            case "if" -> {
                tokens.next();
                yield new Stmt.If(exprs.read(), block(), tokens.accept("else") ? block() : List.of());
            }
            case "section" -> {
                tokens.next();
                yield new Stmt.Section(tokens.name(), block());
            }
            default -> assignment();
        };
    }

    private record Range(Variable index, Expr from, Expr to) {
    }

    /// A keyword, then `i.1 = from to end`.
    private Range range() {
        tokens.next();
        Variable index = bind(ElementType.I32);
        tokens.expect("=");
        Expr from = exprs.read();
        tokens.expect("to");
        return new Range(index, from, exprs.read());
    }

    private Stmt reduce() {
        tokens.next();
        Variable result = bindTyped();
        Stmt.Combine combine = Stmt.Combine.valueOf(tokens.peek().toUpperCase(Locale.ROOT));
        Range range = range();
        tokens.expect("lanes");
        int lanes = tokens.integer();
        tokens.expect("{");
        List<Stmt> body = new ArrayList<>();
        while (!tokens.accept("yield")) {
            body.add(stmt());
        }
        Expr value = exprs.read();
        tokens.expect("}");
        return new Stmt.Reduce(result, combine, range.index, range.from, range.to, lanes, body, value);
    }

    private Stmt assignment() {
        Tokens.Numbered left = tokens.numbered();
        if (tokens.accept("[")) {
            Expr index = exprs.read();
            tokens.expect("]");
            tokens.expect("=");
            return new Stmt.Store(buffers.get(left.id()), index, exprs.read());
        }
        tokens.expect("=");
        return new Stmt.Assign(variables.get(left.id()), exprs.read());
    }
}
