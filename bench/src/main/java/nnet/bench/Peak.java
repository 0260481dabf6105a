package nnet.bench;

import java.util.Map;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// What the machine can do at most: independent fused multiply-adds in registers, nothing else. On one thread: of several, two may share a core.
final class Peak implements Work {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 10;
    /// Few enough that HotSpot compiles the whole method before long, and not its loop alone in the midst of a run.
    private static final int ROUNDS = 2_000;
    /// Additions and products of one `chains`.
    private static final double OPERATIONS = 2.0 * CHAINS * SPECIES.length() * ROUNDS;

    private final float[] state = new float[CHAINS * SPECIES.length()];
    private final Timing timing = new Timing(() -> chains(state));

    @Override
    public Map<String, Double> turn(double seconds) {
        return Map.of(GIGAFLOPS, timing.perSecond(seconds) * OPERATIONS * 1e-9);
    }

    /// Ten chains hide the latency of four cycles on two ports, with some to spare; with twelve, HotSpot keeps one in memory where there are sixteen registers, which
    /// halves the speed. They go on from where they were left, so that no beginnings need registers while the loop runs.
    /// Two rounds are written out: so HotSpot takes the method for too large to be a part of the loop that calls it, whose variables would need registers as well.
    private static void chains(float[] state) {
        FloatVector x = FloatVector.broadcast(SPECIES, 0.999f);
        FloatVector y = FloatVector.broadcast(SPECIES, 0.001f);
        FloatVector a = load(state, 0);
        FloatVector b = load(state, 1);
        FloatVector c = load(state, 2);
        FloatVector d = load(state, 3);
        FloatVector e = load(state, 4);
        FloatVector f = load(state, 5);
        FloatVector g = load(state, 6);
        FloatVector h = load(state, 7);
        FloatVector i = load(state, 8);
        FloatVector j = load(state, 9);
        for (int round = 0; round < ROUNDS; round += 2) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
        }
        store(a, state, 0);
        store(b, state, 1);
        store(c, state, 2);
        store(d, state, 3);
        store(e, state, 4);
        store(f, state, 5);
        store(g, state, 6);
        store(h, state, 7);
        store(i, state, 8);
        store(j, state, 9);
    }

    private static FloatVector load(float[] state, int chain) {
        return FloatVector.fromArray(SPECIES, state, chain * SPECIES.length());
    }

    private static void store(FloatVector value, float[] state, int chain) {
        value.intoArray(state, chain * SPECIES.length());
    }
}
