package nnet.compiler.loop;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import nnet.compiler.loop.LoopProgram.Argument;
import nnet.compiler.loop.LoopProgram.Command;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.LoopProgram.Repeat;
import nnet.compiler.loop.LoopProgram.Share;
import nnet.compiler.type.ElementType;

/// The meaning of loop programs, one statement and one element at a time. Every compiled form must give the same bits.
///
/// All values travel as doubles, which hold every `f32`, `f64`, `i32` and `bool` exactly; `Arithmetic` rounds to the type of each operation.
public final class LoopInterpreter {

    /// Iterations that the program declares independent may run in any order; a program that is right gives the same bits in each.
    public enum Order {
        ASCENDING, DESCENDING
    }

    private final Order order;
    private final Map<Buffer, Region> regions = new HashMap<>();
    private double[] values = new double[0];

    private LoopInterpreter(Order order) {
        this.order = order;
    }

    /// Runs all calls of a program over its memory.
    ///
    /// @throws IndexOutOfBoundsException if a kernel leaves one of its storages
    public static void run(LoopProgram program, Memory memory) {
        run(program, memory, Order.ASCENDING);
    }

    public static void run(LoopProgram program, Memory memory, Order order) {
        Symbols symbols = new Symbols(memory.symbols(), memory.symbols());
        program.commands().forEach(command -> run(command, memory, order, symbols));
    }

    /// The numbers of symbols, in offsets and in kernels: these differ where each of several parts of the rows has its turn.
    private record Symbols(Map<String, Integer> offsets, Map<String, Integer> kernels) {

        Symbols at(String step, int number) {
            return new Symbols(with(offsets, step, number), kernels);
        }

        Symbols rows(Share share, int first, int count) {
            return new Symbols(with(offsets, Share.FIRST, first), with(kernels, share.symbol(), count));
        }

        private static Map<String, Integer> with(Map<String, Integer> symbols, String name, int number) {
            Map<String, Integer> all = new HashMap<>(symbols);
            all.put(name, number);
            return all;
        }
    }

    private static void run(Command command, Memory memory, Order order, Symbols symbols) {
        switch (command) {
            case KernelCall call -> new LoopInterpreter(order).call(call, memory, symbols);
            case Repeat repeat -> {
                int count = repeat.count().size(symbols.offsets);
                for (int i = 0; i < count; i++) {
                    Symbols inside = symbols.at(Repeat.step(repeat.depth()), repeat.backwards() ? count - 1 - i : i);
                    repeat.body().forEach(each -> run(each, memory, order, inside));
                }
            }
            case Share share -> {
                int count = symbols.kernels.get(share.symbol());
                int half = count / 2;
                List<Symbols> parts = List.of(symbols.rows(share, 0, half), symbols.rows(share, half, count - half));
                (order == Order.ASCENDING ? parts : parts.reversed())
                        .forEach(part -> share.body().forEach(each -> run(each, memory, order, part)));
            }
        }
    }

    private void call(KernelCall call, Memory memory, Symbols symbols) {
        Kernel kernel = call.kernel();
        values = new double[1 + Kernels.largestId(kernel)];
        Iterator<Argument> arguments = call.arguments().iterator();
        for (Buffer buffer : kernel.buffers()) {
            if (!buffer.isScratch()) {
                regions.put(buffer, Region.of(arguments.next(), memory, symbols.offsets));
            }
        }
        kernel.symbols().forEach(symbol -> values[symbol.id()] = symbols.kernels.get(symbol.name()));
        independent(0, (int) value(kernel.extent()), index -> {
            kernel.buffers().stream().filter(Buffer::isScratch).forEach(buffer -> regions.put(buffer, Region.scratch(buffer)));
            values[kernel.index().id()] = index;
            run(kernel.body());
        });
    }

    private interface Iteration {
        void run(int index);
    }

    private void independent(int from, int to, Iteration iteration) {
        for (int i = from; i < to; i++) {
            iteration.run(order == Order.ASCENDING ? i : from + to - 1 - i);
        }
    }

    private void run(List<Stmt> body) {
        for (Stmt stmt : body) {
            run(stmt);
        }
    }

    private void run(Stmt stmt) {
        switch (stmt) {
            case Stmt.Let(Variable variable, Expr value) -> values[variable.id()] = value(value);
            case Stmt.Var(Variable variable, Expr initial) -> values[variable.id()] = value(initial);
            case Stmt.Assign(Variable variable, Expr value) -> values[variable.id()] = value(value);
            case Stmt.Store(Buffer buffer, Expr index, Expr value) -> regions.get(buffer).set((int) value(index), value(value));
            case Stmt.For(Variable index, Expr from, Expr to, int step, List<Stmt> body) -> {
                int end = (int) value(to);
                for (int i = (int) value(from); i < end; i += step) {
                    values[index.id()] = i;
                    run(body);
                }
            }
            case Stmt.Marked(Variable index, Expr word, List<Stmt> body) -> {
                for (int left = (int) value(word); left != 0; left &= left - 1) {
                    values[index.id()] = Integer.numberOfTrailingZeros(left);
                    run(body);
                }
            }
            case Stmt.Vector(Variable index, Expr from, Expr to, int _, List<Stmt> body) ->
                independent((int) value(from), (int) value(to), i -> {
                    values[index.id()] = i;
                    run(body);
                });
            case Stmt.Reduce reduce -> values[reduce.result().id()] = reduce(reduce);
            case Stmt.If(Expr condition, List<Stmt> then, List<Stmt> otherwise) -> run(value(condition) != 0 ? then : otherwise);
            case Stmt.Section(String _, List<Stmt> body) -> run(body);
        }
    }

    private double reduce(Stmt.Reduce reduce) {
        ElementType type = reduce.result().type();
        int from = (int) value(reduce.from());
        int to = (int) value(reduce.to());
        double[] lanes = IntStream.range(0, reduce.lanes()).mapToDouble(_ -> Arithmetic.neutral(reduce.combine(), type)).toArray();
        for (int i = from; i < to; i++) {
            values[reduce.index().id()] = i;
            run(reduce.body());
            int lane = (i - from) % lanes.length;
            lanes[lane] = Arithmetic.combine(reduce.combine(), type, lanes[lane], value(reduce.value()));
        }
        for (int half = lanes.length / 2; half >= 1; half /= 2) {
            for (int l = 0; l < half; l++) {
                lanes[l] = Arithmetic.combine(reduce.combine(), type, lanes[l], lanes[l + half]);
            }
        }
        return lanes[0];
    }

    private double value(Expr expr) {
        return switch (expr) {
            case Expr.Literal(ElementType _, double value) -> value;
            case Expr.Read(Variable variable) -> values[variable.id()];
            case Expr.Load(Buffer buffer, Expr index) -> regions.get(buffer).get((int) value(index));
            case Expr.Unary(Expr.UnaryOp op, Expr operand) -> Arithmetic.unary(op, operand.type(), value(operand));
            case Expr.Binary(Expr.BinaryOp op, Expr left, Expr right) -> Arithmetic.binary(op, left.type(), value(left), value(right));
            case Expr.Fma(Expr a, Expr b, Expr c) -> Arithmetic.fma(expr.type(), value(a), value(b), value(c));
            case Expr.Select(Expr condition, Expr then, Expr otherwise) -> {
                double yes = value(then);
                double no = value(otherwise);
                yield value(condition) != 0 ? yes : no;
            }
            case Expr.Convert(ElementType type, Expr operand) -> Arithmetic.convert(type, value(operand));
            case Expr.Bits(ElementType type, Expr operand) -> Arithmetic.bits(operand.type(), type, value(operand));
            case Expr.Call(Expr.Function function, Expr operand) -> Arithmetic.call(function, operand.type(), value(operand));
        };
    }

    /// A part of an array, from `first` on, that a kernel may touch: indices count from `offset` in it.
    private record Region(Object array, int first, int offset, int size, String name) {

        static Region of(Argument argument, Memory memory, Map<String, Integer> symbols) {
            int offset = argument.offset().size(symbols);
            return new Region(memory.array(argument.storage()), argument.begin().size(symbols) - offset, offset,
                    memory.size(argument.storage()), argument.storage().name());
        }

        static Region scratch(Buffer buffer) {
            int size = buffer.scratchSize().orElseThrow();
            return new Region(Memory.rubbish(buffer.element(), size), 0, 0, size, buffer.name());
        }

        private int place(int index) {
            int place = offset + index;
            if (place < 0 || place >= size) {
                throw new IndexOutOfBoundsException("element " + place + " of " + name + ", which has " + size);
            }
            return first + place;
        }

        double get(int index) {
            int place = place(index);
            return switch (array) {
                case float[] f32 -> f32[place];
                case double[] f64 -> f64[place];
                case int[] i32 -> i32[place];
                default -> throw new IllegalStateException(array.getClass().toString());
            };
        }

        void set(int index, double value) {
            int place = place(index);
            switch (array) {
                case float[] f32 -> f32[place] = (float) value;
                case double[] f64 -> f64[place] = value;
                case int[] i32 -> i32[place] = (int) value;
                default -> throw new IllegalStateException(array.getClass().toString());
            }
        }
    }
}
