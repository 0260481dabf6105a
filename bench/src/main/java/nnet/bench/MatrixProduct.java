package nnet.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// C = A B for square row-major matrices.
interface MatrixProduct extends AutoCloseable {
    List<String> SIZES = List.of("64", "96", "128", "192", "256", "384", "512", "768");

    void multiply(int n, float[] a, float[] b, float[] c);

    @Override
    default void close() {}

    static Measurement measurement() {
        return new Measurement(SIZES, Pace.KERNEL, (contender, threads, size) -> {
            int n = Integer.parseInt(size);
            float[] a = random(new Random(n), n * n);
            float[] b = random(new Random(-n), n * n);
            float[] c = new float[n * n];
            MatrixProduct product = of(contender, threads);
            product.multiply(n, a, b, c);
            check(n, a, b, c);
            return Work.of(() -> product.multiply(n, a, b, c), 2.0 * n * n * n, product::close);
        });
    }

    static MatrixProduct of(Contender contender, int threads) throws Exception {
        return switch (contender) {
            case NNC -> NncContenders.product();
            case OPENBLAS -> new OpenBlas(threads);
            case PLAIN_JAVA -> MatrixProduct::plain;
            case MACHINE, LIBTORCH, ONNX_RUNTIME -> throw new IllegalArgumentException(contender.title);
        };
    }

    /// Rows of B are added to rows of C: the order that HotSpot turns into vector code by itself.
    static void plain(int n, float[] a, float[] b, float[] c) {
        for (int i = 0; i < n; i++) {
            Arrays.fill(c, i * n, i * n + n, 0);
            for (int k = 0; k < n; k++) {
                float scale = a[i * n + k];
                for (int j = 0; j < n; j++) {
                    c[i * n + j] += scale * b[k * n + j];
                }
            }
        }
    }

    private static float[] random(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat(-1, 1);
        }
        return values;
    }

    /// Speed without the right result is worth nothing: every element against a sum in double precision, for some rows.
    private static void check(int n, float[] a, float[] b, float[] c) {
        for (int i = 0; i < n; i += 7) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    sum += (double) a[i * n + k] * b[k * n + j];
                }
                // n products of numbers below 1, each rounded to 24 bits.
                if (!(Math.abs(sum - c[i * n + j]) <= 1e-6 * n)) {
                    throw new IllegalStateException(
                            "wrong product at " + i + ", " + j + " of " + n + ": " + c[i * n + j] + " is not " + sum);
                }
            }
        }
    }
}
