package nnet.compiler.emit;

import static nnet.compiler.emit.Programs.binary;
import static nnet.compiler.emit.Programs.load;
import static nnet.compiler.loop.Expr.add;
import static nnet.compiler.loop.Expr.f32;
import static nnet.compiler.loop.Expr.i32;
import static nnet.compiler.loop.Expr.multiply;
import static nnet.compiler.loop.Expr.read;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nnet.compiler.code.MethodCode;
import nnet.compiler.expand.Expand;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.schedule.Target;
import nnet.compiler.type.ElementType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// HotSpot leaves methods of more than 8,000 bytes to the interpreter. Whatever a kernel holds, its methods stay below, and the bits stay the same.
class LongBodiesTest {

    private static final int HOTSPOT_LIMIT = 8_000;

    private final Programs programs = new Programs();
    private final List<Stmt> body = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {20, 150})
    void aMapOfFiftyFunctions(int size) {
        Buffer a = programs.f32("a", size + 7);
        Buffer b = programs.f32("b", size);
        Buffer flags = programs.buffer("flags", ElementType.BOOL, nnet.compiler.type.Dim.of(size));
        Variable i = programs.index("i");
        Expr result = chain(a, i, 50);
        Variable positive = programs.variable("positive", ElementType.BOOL);
        body.add(new Stmt.Let(positive, binary(Expr.BinaryOp.LESS, f32(0), read(((Stmt.Let) body.getFirst()).variable()))));
        body.add(new Stmt.Store(flags, read(i), read(positive)));
        body.add(new Stmt.Store(b, read(i), new Expr.Select(read(positive), result, f32(1))));
        check(programs.program(List.of(new Stmt.Vector(i, i32(0), i32(size), 64, body))), size);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 150})
    void aSumOfFiftyFunctions(int size) {
        Buffer a = programs.f32("a", size + 7);
        Buffer b = programs.f32("b", 1);
        Variable i = programs.index("i");
        Variable sum = programs.variable("sum", ElementType.F32);
        Expr value = chain(a, i, 50);
        check(programs.program(List.of(new Stmt.Reduce(sum, Stmt.Combine.SUM, i, i32(0), i32(size), 16, body, value),
                new Stmt.Store(b, i32(0), read(sum)))), size);
    }

    /// A long chain of functions; it also needs its beginning at its end, an index with a name, and a number that is the same for all iterations.
    private Expr chain(Buffer a, Variable i, int length) {
        Variable place = programs.index("place");
        Variable constant = programs.variable("constant", ElementType.F32);
        Variable x = programs.variable("x", ElementType.F32);
        body.add(new Stmt.Let(x, load(a, read(i))));
        body.add(new Stmt.Let(place, add(read(i), i32(7))));
        body.add(new Stmt.Let(constant, multiply(load(a, i32(3)), f32(0.001))));
        Expr last = read(x);
        for (int n = 0; n < length; n++) {
            Variable y = programs.variable("y", ElementType.F32);
            body.add(new Stmt.Let(y, new Expr.Call(Expr.Function.EXP, multiply(last, f32(-0.1 - n * 0.01)))));
            last = read(y);
        }
        return add(add(last, load(a, read(place))), multiply(read(x), read(constant)));
    }

    private static void check(LoopProgram written, int seed) {
        LoopProgram program = Expand.expand(written);
        for (Target target : Compiled.TARGETS) {
            for (MethodCode method : KernelClass.code("test.Sizes", List.of(program), target).methods()) {
                assertTrue(method.size() < HOTSPOT_LIMIT, () -> method.name() + " has " + method.size() + " bytes");
            }
        }
        Compiled.assertSameBits(program, Map.of(), Programs.random(program, seed));
    }
}
