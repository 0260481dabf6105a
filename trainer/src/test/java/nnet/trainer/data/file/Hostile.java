package nnet.trainer.data.file;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import nnet.trainer.data.DataException;

/// Damages a good file in many ways. Whatever reads it must either succeed or say what is wrong with it.
public final class Hostile {

    private static final int TRIALS = 400;

    private Hostile() {
    }

    /// @param reader what reads the file; the file has the name of the good one, in a folder of its own
    public static void check(Path good, Consumer<Path> reader) throws IOException {
        byte[] bytes = Files.readAllBytes(good);
        Path bad = Files.createDirectories(good.resolveSibling("bad")).resolve(good.getFileName());
        reader.accept(good);
        Random random = new Random(bytes.length);
        for (int trial = 0; trial < TRIALS; trial++) {
            byte[] damaged = damage(bytes, random);
            Files.write(bad, damaged);
            try {
                reader.accept(bad);
            } catch (DataException refusal) {
                if (!refusal.getMessage().contains(good.getFileName().toString())) {
                    fail("does not name the file: " + refusal.getMessage());
                }
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError escaped) {
                fail("trial " + trial + " of " + good.getFileName(), escaped);
            }
        }
    }

    private static byte[] damage(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        int kind = random.nextInt(4);
        if (kind == 0) {
            return Arrays.copyOf(damaged, random.nextInt(damaged.length));
        }
        if (kind == 1) {
            byte[] longer = Arrays.copyOf(damaged, damaged.length + 1 + random.nextInt(9));
            Arrays.fill(longer, damaged.length, longer.length, (byte) random.nextInt());
            return longer;
        }
        // The first bytes say what a file holds: they are hit more often than the rest.
        int reach = kind == 2 ? Math.min(damaged.length, 96) : damaged.length;
        for (int i = random.nextInt(3); i >= 0; i--) {
            damaged[random.nextInt(reach)] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(2) * 255);
        }
        return damaged;
    }
}
