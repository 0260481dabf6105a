package nnet.trainer.data;

/// Random numbers for one example in one epoch: the counter-based generator of `Permutation`, with a key made of seed, epoch and example. Whoever asks
/// in whatever order, the same example gets the same numbers in the same epoch.
public final class Draws {

    private final int key0;
    private final int key1;
    private int counter;

    /// @param purpose keeps apart what is drawn for different things
    public Draws(long seed, int purpose, int epoch, int example) {
        long outer = Permutation.threefry((int) seed, (int) (seed >>> 32) ^ purpose, example, epoch);
        key0 = (int) (outer >>> 32);
        key1 = (int) outer;
    }

    private int next() {
        return (int) (Permutation.threefry(key0, key1, counter++, 0) >>> 32);
    }

    /// A whole number from 0 to `bound - 1`.
    int below(int bound) {
        return (int) ((next() & 0xFFFFFFFFL) * bound >>> 32);
    }

    /// From 0 to below 1, in steps of 2^-24.
    public float uniform() {
        return (next() >>> 8) * 0x1p-24f;
    }

    /// Two independent numbers of a normal distribution with mean 0 and deviation 1 (Box and Muller 1958). `StrictMath` has the same bits everywhere.
    void normal(double[] pair) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        double angle = 2 * Math.PI * uniform();
        pair[0] = radius * StrictMath.cos(angle);
        pair[1] = radius * StrictMath.sin(angle);
    }
}
