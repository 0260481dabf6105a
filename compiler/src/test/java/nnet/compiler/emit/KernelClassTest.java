package nnet.compiler.emit;

import static nnet.compiler.emit.Programs.binary;
import static nnet.compiler.emit.Programs.load;
import static nnet.compiler.loop.Expr.add;
import static nnet.compiler.loop.Expr.f32;
import static nnet.compiler.loop.Expr.i32;
import static nnet.compiler.loop.Expr.multiply;
import static nnet.compiler.loop.Expr.read;

import java.util.List;
import java.util.Map;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Stmt.Combine;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every form of a kernel computes what the interpreter computes, bit for bit.
class KernelClassTest {

    private final Programs programs = new Programs();

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 63, 64, 65, 200, 256})
    void mapsOfAnyLength(int size) {
        Buffer a = programs.f32("a", size);
        Buffer b = programs.f32("b", size);
        Variable j = programs.index("j");
        Variable x = programs.variable("x", ElementType.F32);
        LoopProgram program = programs.program(List.of(new Stmt.Vector(j, i32(0), i32(size), 64, List.of(
                new Stmt.Let(x, load(a, read(j))),
                new Stmt.Store(b, read(j), new Expr.Fma(read(x), f32(0.3), multiply(read(x), read(x))))))));
        Compiled.assertSameBits(program, Map.of(), Programs.random(program, size));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20, 100})
    void mapsOverASymbolicDimension(int batch) {
        Variable symbol = programs.variable("batch", ElementType.I32);
        Dim size = Dim.symbol("batch").times(Dim.of(10));
        Buffer a = programs.buffer("a", ElementType.F32, size);
        Buffer bias = programs.f32("bias", 10);
        Variable row = programs.index("row");
        Variable j = programs.index("j");
        Expr place = add(multiply(read(row), i32(10)), read(j));
        LoopProgram program = programs.program(List.of(symbol), row, read(symbol), List.of(new Stmt.Vector(j, i32(0), i32(10), 64,
                List.of(new Stmt.Store(a, place, binary(Expr.BinaryOp.MAX, add(load(a, place), load(bias, read(j))), f32(0)))))));
        Compiled.assertSameBits(program, Map.of("batch", batch), Programs.random(program, batch));
    }

    @ParameterizedTest
    @EnumSource(Combine.class)
    void reductionsInLanesAndOneByOne(Combine combine) {
        for (int size : new int[]{0, 1, 15, 16, 17, 100, 128}) {
            Programs builder = new Programs();
            Buffer a = builder.f32("a", Math.max(1, size));
            Buffer out = builder.f32("out", 2);
            Variable i = builder.index("i");
            Variable k = builder.index("k");
            Variable x = builder.variable("x", ElementType.F32);
            Variable lanes = builder.variable("lanes", ElementType.F32);
            Variable serial = builder.variable("serial", ElementType.F32);
            LoopProgram program = builder.program(List.of(
                    new Stmt.Reduce(lanes, combine, i, i32(0), i32(size), 16, List.of(new Stmt.Let(x, load(a, read(i)))),
                            multiply(read(x), read(x))),
                    new Stmt.Store(out, i32(0), read(lanes)),
                    new Stmt.Reduce(serial, combine, k, i32(0), i32(size), 1, List.of(), load(a, read(k))),
                    new Stmt.Store(out, i32(1), read(serial))));
            Compiled.assertSameBits(program, Map.of(), memory -> {
                java.util.Random random = new java.util.Random(1);
                for (int e = 0; e < size; e++) {
                    memory.f32(program.storages().get(0))[e] = random.nextFloat() - 0.5f;
                }
            });
        }
    }

    @Test
    void loopsVariablesAndChoices() {
        Buffer a = programs.f32("a", 60);
        Buffer n = programs.i32("n", 60);
        Variable row = programs.index("row");
        Variable i = programs.index("i");
        Variable total = programs.variable("total", ElementType.F32);
        Expr place = add(multiply(read(row), i32(6)), read(i));
        LoopProgram program = programs.program(List.of(), row, i32(10), List.of(
                new Stmt.Var(total, f32(1)),
                new Stmt.For(i, i32(0), i32(6), 2, List.of(
                        new Stmt.If(binary(Expr.BinaryOp.LESS, load(a, place), f32(0)),
                                List.of(new Stmt.Assign(total, binary(Expr.BinaryOp.SUBTRACT, read(total), load(a, place)))),
                                List.of(new Stmt.Store(n, place, new Expr.Convert(ElementType.I32, load(a, place))))))),
                new Stmt.Store(a, multiply(read(row), i32(6)), read(total))));
        Compiled.assertSameBits(program, Map.of(), Programs.random(program, 4));
    }
}
