package nnet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// What the machine can do at most: independent fused multiply-adds in registers, nothing else.
final class Peak implements Work {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 10;
    private static final int ROUNDS = 20_000;
    /// Additions and products of one `chains`.
    private static final double OPERATIONS = 2.0 * CHAINS * SPECIES.length() * ROUNDS;

    private final ExecutorService pool;
    private final List<Timing> timings;

    Peak(int threads) {
        pool = Executors.newFixedThreadPool(threads);
        timings = Stream.generate(() -> new Timing(Peak::chains)).limit(threads).toList();
    }

    @Override
    public Map<String, Double> turn(double seconds) throws Exception {
        List<Callable<Double>> tasks = new ArrayList<>();
        timings.forEach(timing -> tasks.add(() -> timing.perSecond(seconds)));
        double sum = 0;
        for (Future<Double> rate : pool.invokeAll(tasks)) {
            sum += rate.get();
        }
        return Map.of(GIGAFLOPS, sum * OPERATIONS * 1e-9);
    }

    @Override
    public void close() {
        pool.close();
    }

    private static volatile float sink;

    /// Ten chains hide the latency of four cycles on two ports, with some to spare; with twelve, HotSpot keeps one in memory where there are sixteen registers, which
    /// halves the speed.
    private static void chains() {
        FloatVector x = FloatVector.broadcast(SPECIES, 0.999f);
        FloatVector y = FloatVector.broadcast(SPECIES, 0.001f);
        FloatVector a = y;
        FloatVector b = y.add(1);
        FloatVector c = y.add(2);
        FloatVector d = y.add(3);
        FloatVector e = y.add(4);
        FloatVector f = y.add(5);
        FloatVector g = y.add(6);
        FloatVector h = y.add(7);
        FloatVector i = y.add(8);
        FloatVector j = y.add(9);
        for (int round = 0; round < ROUNDS; round++) {
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
        FloatVector sum = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j);
        sink = sum.lane(0);
    }
}
