package nnet.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Kernel;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.Access;
import nnet.compiler.loop.LoopProgram.Argument;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.LoopProgram.Position;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.loop.Memory;
import nnet.compiler.loop.Offset;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// Small programs for tests: one kernel, whose buffers are the storages of the program.
final class Programs {

    private final List<Buffer> buffers = new ArrayList<>();
    private final List<Storage> storages = new ArrayList<>();
    private final List<Argument> arguments = new ArrayList<>();
    private int nextId;

    Buffer buffer(String name, ElementType element, Dim size) {
        Buffer buffer = new Buffer(buffers.size(), name, element, Optional.empty());
        buffers.add(buffer);
        Storage storage = new Storage(storages.size(), name, element, size, Optional.empty(),
                Optional.of(new Position(storages.size(), Dim.of(0))));
        storages.add(storage);
        arguments.add(new Argument(storage, Offset.ZERO, Access.READ_WRITE));
        return buffer;
    }

    Buffer f32(String name, int size) {
        return buffer(name, ElementType.F32, Dim.of(size));
    }

    Buffer i32(String name, int size) {
        return buffer(name, ElementType.I32, Dim.of(size));
    }

    Buffer scratch(String name, int size) {
        Buffer buffer = new Buffer(buffers.size(), name, ElementType.F32, Optional.of(size));
        buffers.add(buffer);
        return buffer;
    }

    Variable variable(String name, ElementType type) {
        return new Variable(nextId++, name, type);
    }

    Variable index(String name) {
        return variable(name, ElementType.I32);
    }

    LoopProgram program(List<Stmt> body) {
        return program(List.of(), index("i"), Expr.i32(1), body);
    }

    LoopProgram program(List<Variable> symbols, Variable index, Expr extent, List<Stmt> body) {
        return program(symbols, index, extent, body, Span.NONE);
    }

    LoopProgram program(List<Variable> symbols, Variable index, Expr extent, List<Stmt> body, Span span) {
        Kernel kernel = new Kernel("kernel", buffers, symbols, index, extent, Expr.i32(10), body);
        return new LoopProgram("program", symbols.stream().map(Variable::name).toList(), storages,
                List.of(new KernelCall(kernel, arguments, span)));
    }

    static Expr load(Buffer buffer, Expr index) {
        return new Expr.Load(buffer, index);
    }

    static Expr binary(Expr.BinaryOp op, Expr left, Expr right) {
        return new Expr.Binary(op, left, right);
    }

    /// Fills everything with numbers from a seed, among them zeros of both signs, infinities, NaN, large and tiny ones.
    static Compiled.Filling random(LoopProgram program, long seed) {
        return memory -> {
            Random random = new Random(seed);
            for (Storage storage : program.storages()) {
                for (int i = 0; i < memory.size(storage); i++) {
                    put(memory, storage, i, random);
                }
            }
        };
    }

    private static final Map<Integer, Double> SPECIAL = Map.of(0, 0.0, 1, -0.0, 2, Double.POSITIVE_INFINITY, 3, Double.NEGATIVE_INFINITY, 4,
            Double.NaN,
            5, 3e9, 6, -3e9, 7, 1e-42, 8, 8388609.0, 9, -4194304.5);

    private static void put(Memory memory, Storage storage, int i, Random random) {
        double value = SPECIAL.getOrDefault(random.nextInt(60),
                random.nextInt(4) == 0 ? random.nextInt(9) / 2.0 - 2 : random.nextGaussian() * 3);
        switch (storage.element()) {
            case F32 -> memory.f32(storage)[i] = (float) value;
            case F64 -> memory.f64(storage)[i] = value;
            case I32 -> memory.i32(storage)[i] = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(40) - 20;
            case BOOL -> memory.i32(storage)[i] = random.nextInt(2);
        }
    }
}
