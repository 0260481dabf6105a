package nnet.trainer.data;

/// Shuffled orders, drawn from a counter-based generator: the order depends on the seed and the stream (an epoch, a split) and on nothing else.
///
/// The generator is Threefry-2x32 with 20 rounds (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011).
public final class Permutation {

    private static final int[] ROTATIONS = {13, 15, 26, 6, 17, 29, 16, 24};
    private static final int PARITY = 0x1BD11BDA;

    private Permutation() {
    }

    /// The numbers 0 to n - 1 in an order drawn for `seed` and `stream` (Fisher and Yates).
    public static int[] of(int n, long seed, int stream) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        for (int i = n - 1; i > 0; i--) {
            int j = (int) (below(seed, stream, i) * (i + 1L) >>> 32);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    private static long below(long seed, int stream, int counter) {
        return threefry((int) seed, (int) (seed >>> 32), counter, stream) >>> 32;
    }

    /// Both output words, the first in the upper half.
    static long threefry(int key0, int key1, int counter0, int counter1) {
        int[] keys = {key0, key1, PARITY ^ key0 ^ key1};
        int x0 = counter0 + keys[0];
        int x1 = counter1 + keys[1];
        for (int round = 0; round < 20; round++) {
            x0 += x1;
            x1 = Integer.rotateLeft(x1, ROTATIONS[round % 8]) ^ x0;
            if (round % 4 == 3) {
                int injection = round / 4 + 1;
                x0 += keys[injection % 3];
                x1 += keys[(injection + 1) % 3] + injection;
            }
        }
        return (long) x0 << 32 | x1 & 0xFFFFFFFFL;
    }
}
