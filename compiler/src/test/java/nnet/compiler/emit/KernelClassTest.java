package nnet.compiler.emit;

import static nnet.compiler.emit.Programs.binary;
import static nnet.compiler.emit.Programs.load;
import static nnet.compiler.loop.Expr.add;
import static nnet.compiler.loop.Expr.f32;
import static nnet.compiler.loop.Expr.i32;
import static nnet.compiler.loop.Expr.multiply;
import static nnet.compiler.loop.Expr.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Stmt.Combine;
import nnet.compiler.loop.Variable;
import nnet.compiler.schedule.Target;
import nnet.compiler.source.Source;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.runtime.Kernels;
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
                Random random = new Random(1);
                for (int e = 0; e < size; e++) {
                    memory.f32(program.storages().get(0))[e] = random.nextFloat() - 0.5f;
                }
            });
        }
    }

    @Test
    void reductionsOfWhatNoVectorCanDo() {
        Buffer a = programs.f32("a", 50);
        Buffer out = programs.f32("out", 1);
        Variable i = programs.index("i");
        Variable x = programs.variable("x", ElementType.F32);
        Variable sum = programs.variable("sum", ElementType.F32);
        LoopProgram program = programs.program(List.of(
                new Stmt.Reduce(sum, Combine.SUM, i, i32(0), i32(50), 16,
                        List.of(new Stmt.Let(x, binary(Expr.BinaryOp.REMAINDER, load(a, read(i)), f32(0.7)))), read(x)),
                new Stmt.Store(out, i32(0), read(sum))));
        Compiled.assertSameBits(program, Map.of(), Programs.random(program, 12));
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

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0b1001_0110, 1 << 31, -1})
    void loopsOverTheBitsThatAreSet(int word) {
        Buffer words = programs.i32("words", 2);
        Buffer places = programs.i32("places", 40);
        Buffer a = programs.f32("a", 32 * 16);
        Buffer sums = programs.f32("sums", 16);
        Variable n = programs.variable("n", ElementType.I32);
        Variable bit = programs.index("bit");
        Variable other = programs.index("other");
        Variable j = programs.index("j");
        Variable sum = programs.variable("sum", ElementType.F32);
        LoopProgram program = programs.program(List.of(
                new Stmt.Store(words, i32(1), i32(word)),
                new Stmt.Var(n, i32(0)),
                new Stmt.Marked(bit, load(words, i32(1)), List.of(
                        new Stmt.Store(places, read(n), read(bit)),
                        new Stmt.Assign(n, add(read(n), i32(1))))),
                new Stmt.Vector(j, i32(0), i32(16), 16, List.of(
                        new Stmt.Var(sum, f32(0)),
                        new Stmt.Marked(other, load(words, i32(1)), List.of(new Stmt.Assign(sum,
                                new Expr.Fma(f32(0.5), load(a, add(multiply(read(other), i32(16)), read(j))), read(sum))))),
                        new Stmt.Store(sums, read(j), read(sum))))));
        Compiled.assertSameBits(program, Map.of(), Programs.random(program, 5));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5})
    void loopsOverTheBitsOfSeveralNumbers(int count) {
        int[] some = {0, 0b1001, 0, 1 << 31, -1};
        Buffer words = programs.i32("words", some.length);
        Buffer a = programs.f32("a", some.length * 32 + 16);
        Buffer sums = programs.f32("sums", 16);
        Variable w = programs.index("w");
        Variable first = programs.variable("first", ElementType.I32);
        Variable place = programs.variable("place", ElementType.I32);
        Variable bit = programs.index("bit");
        Variable j = programs.index("j");
        Variable sum = programs.variable("sum", ElementType.F32);
        Expr element = load(a, add(read(place), read(bit)));
        LoopProgram program = programs.program(Stream.concat(
                IntStream.range(0, some.length).<Stmt>mapToObj(i -> new Stmt.Store(words, i32(i), i32(some[i]))),
                Stream.of(new Stmt.Vector(j, i32(0), i32(16), 16, List.of(
                        new Stmt.Var(sum, f32(0)),
                        new Stmt.For(w, i32(0), i32(count), 1, List.of(
                                new Stmt.Let(first, multiply(read(w), i32(32))),
                                new Stmt.Let(place, add(read(first), read(j))),
                                new Stmt.Marked(bit, load(words, read(w)),
                                        List.of(new Stmt.Assign(sum, new Expr.Fma(f32(0.5), element, read(sum))))))),
                        new Stmt.Store(sums, read(j), read(sum))))))
                .toList());
        Compiled.assertSameBits(program, Map.of(), Programs.random(program, 5));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 37, 64, 130})
    void registerTiles(int columns) {
        int depth = 9;
        Buffer a = programs.f32("a", 2 * depth);
        Buffer b = programs.f32("b", depth * columns);
        Buffer c = programs.f32("c", 2 * columns);
        Variable j = programs.index("j");
        Variable k = programs.index("k");
        Variable x = programs.variable("x", ElementType.F32);
        Variable first = programs.variable("first", ElementType.F32);
        Variable second = programs.variable("second", ElementType.F32);
        LoopProgram program = programs.program(List.of(new Stmt.Vector(j, i32(0), i32(columns), 64, List.of(
                new Stmt.Var(first, f32(0)),
                new Stmt.Var(second, load(c, add(read(j), i32(columns)))),
                new Stmt.For(k, i32(0), i32(depth), 1, List.of(
                        new Stmt.Let(x, load(b, add(multiply(read(k), i32(columns)), read(j)))),
                        new Stmt.Assign(first, new Expr.Fma(load(a, read(k)), read(x), read(first))),
                        new Stmt.Assign(second, new Expr.Fma(load(a, add(read(k), i32(depth))), read(x), read(second))))),
                new Stmt.Store(c, read(j), read(first)),
                new Stmt.Store(c, add(read(j), i32(columns)), read(second))))));
        Compiled.assertSameBits(program, Map.of(), Programs.random(program, columns));
    }

    @Test
    void scratchBelongsToOneThread() {
        Buffer a = programs.f32("a", 100);
        Buffer wait = programs.scratch("wait", 10);
        Variable row = programs.index("row");
        Variable i = programs.index("i");
        Variable j = programs.index("j");
        Expr place = add(multiply(read(row), i32(10)), read(j));
        LoopProgram program = programs.program(List.of(), row, i32(10), List.of(
                new Stmt.Vector(i, i32(0), i32(10), 16,
                        List.of(new Stmt.Store(wait, read(i), multiply(load(a, add(multiply(read(row), i32(10)), read(i))), f32(3))))),
                new Stmt.For(j, i32(0), i32(10), 1,
                        List.of(new Stmt.Store(a, place, load(wait, binary(Expr.BinaryOp.SUBTRACT, i32(9), read(j))))))));
        Compiled.assertSameBits(program, Map.of(), Programs.random(program, 9));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, -1})
    void indicesThatAreNotOneAfterTheOther(int step) {
        Buffer a = programs.f32("a", 80);
        Buffer b = programs.f32("b", 80);
        Variable j = programs.index("j");
        LoopProgram program = programs.program(List.of(new Stmt.Vector(j, i32(0), i32(40), 16,
                List.of(new Stmt.Store(b, read(j), load(a, add(i32(39 - 39 * step / 2), multiply(read(j), i32(step)))))))));
        Compiled.assertSameBits(program, Map.of(), Programs.random(program, 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 8, 16, 40, 61})
    void everySecondElementAndEachElementTwice(int size) {
        Buffer a = programs.f32("a", 2 * size + 3);
        Buffer c = programs.buffer("c", ElementType.I32, Dim.of(size));
        Buffer b = programs.f32("b", size);
        Variable j = programs.index("j");
        Variable half = programs.variable("half", ElementType.I32);
        Variable odd = programs.variable("odd", ElementType.I32);
        LoopProgram program = programs.program(List.of(new Stmt.Vector(j, i32(0), i32(size), 64, List.of(
                new Stmt.Let(half, binary(Expr.BinaryOp.DIVIDE, read(j), i32(2))),
                new Stmt.Let(odd, binary(Expr.BinaryOp.REMAINDER, read(j), i32(2))),
                new Stmt.Store(c, read(j), add(read(odd), binary(Expr.BinaryOp.DIVIDE, read(j), i32(4)))),
                new Stmt.Store(b, read(j), new Expr.Select(binary(Expr.BinaryOp.EQUAL, read(odd), i32(0)),
                        load(a, add(multiply(read(j), i32(2)), i32(3))), load(a, add(read(half), i32(1)))))))));
        Compiled.assertSameBits(program, Map.of(), Programs.random(program, size));
    }

    @Test
    void equalKernelsAreEmittedOnce() {
        LoopProgram one = doubling("x", 16);
        LoopProgram same = doubling("y", 16);
        LoopProgram other = doubling("x", 32);
        assertEquals(2, kernels(List.of(one, same, other)));
        assertEquals(1, kernels(List.of(one, same)));
    }

    private static LoopProgram doubling(String name, int size) {
        Programs programs = new Programs();
        programs.index("unused");
        Buffer a = programs.f32(name, size);
        Variable j = programs.index(name);
        return programs.program(List.of(new Stmt.Vector(j, i32(0), i32(size), 16,
                List.of(new Stmt.Store(a, read(j), add(load(a, read(j)), load(a, read(j))))))));
    }

    private static long kernels(List<LoopProgram> programs) {
        return KernelClass.code("test.K", programs, Target.SCALAR).methods().stream().filter(method -> method.name().startsWith("kernel"))
                .count();
    }

    @Test
    void aKernelReadsAsJava() {
        Buffer a = programs.f32("a", 40);
        Variable j = programs.index("j");
        LoopProgram program = programs.program(List.of(new Stmt.Vector(j, i32(0), i32(40), 16,
                List.of(new Stmt.Store(a, read(j), multiply(load(a, read(j)), f32(2)))))));
        assertEquals("""
                private static void kernel(float[] a, int aOffset, float[] scratch, int from, int to) {
                    for (int j = 0; j < 40; j++) {
                        a[aOffset + j] = a[aOffset + j] * 2.0f;
                    }
                }
                """.strip(), kernel(program, Target.SCALAR));
        assertEquals("""
                private static void kernel(float[] a, int aOffset, float[] scratch, int from, int to) {
                    FloatVector all = FloatVector.broadcast(K.FLOATS, 2.0f);
                    for (int j = 0; j < 32; j += 16) {
                        FloatVector.fromArray(K.FLOATS, a, aOffset + j).mul(all).intoArray(a, aOffset + j);
                    }
                    {
                        FloatVector.fromArray(K.FLOATS, a, aOffset + 32).mul(all).intoArray(scratch, 0);
                        for (int i = 0; i < 8; i++) {
                            a[(aOffset + 32) + i] = scratch[i];
                        }
                    }
                }
                """.strip(), kernel(program, Target.VECTOR512));
    }

    private static String kernel(LoopProgram program, Target target) {
        return KernelClass.code("test.K", List.of(program), target).methods().stream().filter(method -> method.name().equals("kernel"))
                .findFirst()
                .orElseThrow().toString();
    }

    @Test
    void stackTracesNameTheLineOfTheNetwork() {
        Buffer a = programs.f32("a", 1);
        Source source = new Source("nets/tiny.nnet", "network Tiny\n  let x = y\n");
        LoopProgram program = programs.program(List.of(), programs.index("i"), i32(1), List.of(new Stmt.Store(a, i32(1000), f32(1))),
                source.span(15, 24));
        Kernels kernels = Compiled.load(program, Target.SCALAR);
        var workspace = new nnet.runtime.Workspace(kernels, 1, new int[0], false);
        workspace.f32[0] = new float[1];
        var thrown = assertThrows(ArrayIndexOutOfBoundsException.class, () -> kernels.run(0, workspace));
        assertEquals("tiny.nnet", thrown.getStackTrace()[0].getFileName());
        assertEquals(2, thrown.getStackTrace()[0].getLineNumber());
    }
}
