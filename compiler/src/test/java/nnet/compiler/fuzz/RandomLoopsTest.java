package nnet.compiler.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import nnet.compiler.emit.Compiled;
import nnet.compiler.expand.Expand;
import nnet.compiler.loop.LoopInterpreter;
import nnet.compiler.loop.LoopInterpreter.Order;
import nnet.compiler.loop.LoopPrinter;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopReader;
import nnet.compiler.loop.LoopVerifier;
import nnet.compiler.loop.Memory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Another range of seeds: `-Dnnet.fuzz.from=1000 -Dnnet.fuzz.count=500`.
@DisplayName("A random loop program")
class RandomLoopsTest {

    static LongStream seeds() {
        long from = Long.getLong("nnet.fuzz.from", 0);
        return LongStream.range(from, from + Long.getLong("nnet.fuzz.count", 40));
    }

    private static void fill(Memory memory, LoopProgram program) {
        Random random = new Random(7);
        program.storages().forEach(storage -> {
            for (int i = 0; i < memory.size(storage); i++) {
                switch (storage.element()) {
                    case F32 -> memory.f32(storage)[i] = random.nextInt(20) == 0 ? Float.NaN : (float) random.nextGaussian();
                    case F64 -> memory.f64(storage)[i] = random.nextGaussian();
                    case I32, BOOL -> memory.i32(storage)[i] = random.nextInt(100) - 20;
                }
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("is valid, prints and reads back, and does not depend on the order of independent iterations")
    void isAProgram(long seed) {
        LoopProgram program = LoopVerifier.verify(RandomLoops.program(seed));
        assertEquals(program, LoopReader.read(LoopPrinter.print(program)));
        LoopProgram expanded = LoopVerifier.verify(Expand.expand(program));
        Memory[] memories = new Memory[2];
        for (Order order : Order.values()) {
            Memory memory = Memory.of(expanded, Map.of("batch", 5));
            fill(memory, expanded);
            LoopInterpreter.run(expanded, memory, order);
            memories[order.ordinal()] = memory;
        }
        expanded.storages().stream().filter(storage -> storage.name().equals("out"))
                .forEach(out -> assertArrayEquals(memories[0].f32(out), memories[1].f32(out)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("gives the same bits compiled for every target as interpreted")
    void compiledFormsAgree(long seed) {
        LoopProgram program = RandomLoops.program(seed);
        int batch = 1 + new Random(seed).nextInt(21);
        failure(program, batch).ifPresent(first -> {
            LoopProgram smallest = Shrink.shrink(program, RandomLoops.FIXED, candidate -> isSame(first, failure(candidate, batch)));
            throw new AssertionError("seed " + seed + ", batch " + batch + "\n" + LoopPrinter.print(smallest),
                    failure(smallest, batch).orElse(first));
        });
    }

    private static boolean isSame(Throwable one, Optional<Throwable> other) {
        return other.filter(failure -> failure.getClass() == one.getClass()).isPresent();
    }

    private static Optional<Throwable> failure(LoopProgram program, int batch) {
        LoopProgram expanded = Expand.expand(program);
        try {
            Compiled.assertSameBits(expanded, Map.of("batch", batch), memory -> fill(memory, expanded));
            return Optional.empty();
        } catch (RuntimeException | AssertionError failure) {
            return Optional.of(failure);
        }
    }
}
