package nnet.compiler.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.loop.LoopInterpreter;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.loop.Memory;
import nnet.compiler.schedule.Target;
import nnet.runtime.Kernels;
import nnet.runtime.Workspace;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.CheckClassAdapter;

/// Runs programs in every compiled form and compares them with the interpreter, bit for bit.
public final class Compiled {

    public static final List<Target> TARGETS = List.of(Target.SCALAR, Target.VECTOR128, Target.VECTOR256, Target.VECTOR512);
    private static final int SLACK = 64;

    private Compiled() {
    }

    /// Fills the storages of a program before a run.
    public interface Filling {
        void fill(Memory memory);
    }

    /// Every target, alone and in parts, leaves the same bits in every storage as the interpreter does.
    public static void assertSameBits(LoopProgram program, Map<String, Integer> symbols, Filling filling) {
        assertSameBits(program, TARGETS, symbols, filling);
    }

    /// Likewise for some targets.
    public static void assertSameBits(LoopProgram program, List<Target> targets, Map<String, Integer> symbols, Filling filling) {
        Memory expected = memory(program, symbols, filling);
        LoopInterpreter.run(program, expected);
        for (Target target : targets) {
            Kernels kernels = load(program, target);
            for (boolean parallel : new boolean[]{false, true}) {
                Memory actual = memory(program, symbols, filling);
                run(kernels, program, actual, parallel);
                for (Storage storage : program.storages()) {
                    assertSame(expected, actual, storage, target);
                }
            }
        }
    }

    private static Memory memory(LoopProgram program, Map<String, Integer> symbols, Filling filling) {
        Memory memory = Memory.of(program, symbols);
        filling.fill(memory);
        return memory;
    }

    private static void assertSame(Memory expected, Memory actual, Storage storage, Target target) {
        int size = expected.size(storage);
        for (int i = 0; i < size; i++) {
            String place = storage.name() + "[" + i + "] in " + target.name();
            switch (storage.element()) {
                case F32 -> assertEquals(expected.f32(storage)[i], actual.f32(storage)[i], place);
                case F64 -> assertEquals(expected.f64(storage)[i], actual.f64(storage)[i], place);
                case I32, BOOL -> assertEquals(expected.i32(storage)[i], actual.i32(storage)[i], place);
            }
        }
    }

    /// Runs a compiled program over copies with slack, and copies back.
    public static void run(Kernels kernels, LoopProgram program, Memory memory, boolean parallel) {
        int[] dims = program.symbols().stream().mapToInt(memory.symbols()::get).toArray();
        Workspace workspace = new Workspace(kernels, program.storages().size(), dims, parallel);
        Map<Object, Object> copies = new HashMap<>();
        for (Storage storage : program.storages()) {
            switch (copies.computeIfAbsent(memory.array(storage), Compiled::copy)) {
                case float[] f32 -> workspace.f32[storage.id()] = f32;
                case double[] f64 -> workspace.f64[storage.id()] = f64;
                case int[] i32 -> workspace.i32[storage.id()] = i32;
                default -> throw new AssertionError(storage);
            }
        }
        kernels.run(0, workspace);
        copies.forEach((array, copy) -> System.arraycopy(copy, 0, array, 0, Array.getLength(array)));
    }

    private static Object copy(Object array) {
        return switch (array) {
            case float[] f32 -> {
                float[] copy = Arrays.copyOf(f32, f32.length + SLACK);
                Arrays.fill(copy, f32.length, copy.length, Float.NaN);
                yield copy;
            }
            case double[] f64 -> Arrays.copyOf(f64, f64.length + SLACK);
            case int[] i32 -> Arrays.copyOf(i32, i32.length + SLACK);
            default -> throw new AssertionError(array);
        };
    }

    /// Emits, verifies and loads a program as the only one of a class.
    public static Kernels load(LoopProgram program, Target target) {
        String name = "test." + target.name();
        byte[] bytes = KernelClass.emit(name, List.of(program), target).get(name);
        StringWriter report = new StringWriter();
        CheckClassAdapter.verify(new ClassReader(bytes), Compiled.class.getClassLoader(), false, new PrintWriter(report));
        assertTrue(report.toString().isEmpty(), report::toString);
        ClassLoader loader = new ClassLoader(Compiled.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String binaryName) {
                return defineClass(binaryName, bytes, 0, bytes.length);
            }
        };
        try {
            return (Kernels) loader.loadClass(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException problem) {
            throw new AssertionError(problem);
        }
    }
}
