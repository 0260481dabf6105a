package nnet.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Single convolutions of nnc and libtorch by turns in one JVM. On one thread the processor time of the thread counts, which a busy machine
/// disturbs little; on several threads it is the time that passes. The peak of one thread is measured between the turns.
///
/// `ConvolutionDuel SECONDS [SHAPE...]`: seconds for each shape, and words of which the name of a shape contains one. Threads come from the properties
/// `nnet.threads` and `ai.djl.pytorch.num_threads`.
final class ConvolutionDuel {

    private static final double TURN_SECONDS = 0.02;
    private static final double WARM_UP_SECONDS = 1.0;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final boolean isOneThread = Integer.getInteger("nnet.threads", 1) == 1;

    private ConvolutionDuel() {}

    public static void main(String[] arguments) throws Exception {
        double seconds = Double.parseDouble(arguments[0]);
        List<String> words = List.of(arguments).subList(1, arguments.length);
        System.out.println("| convolution | nnc | share of peak | libtorch | nnc / libtorch |");
        System.out.println("| --- | --- | --- | --- | --- |");
        for (ConvolutionShape shape : ConvolutionShape.ALL) {
            if (words.isEmpty() || words.stream().anyMatch(shape.toString()::contains)) {
                System.out.println(new ConvolutionDuel().row(shape, seconds));
            }
        }
        // Threads of a peer's pool do not keep the process.
        System.exit(0);
    }

    private String row(ConvolutionShape shape, double seconds) throws Exception {
        Random random = new Random(shape.hashCode());
        float[] image = Convolution.random(random, shape.inputs());
        float[] weights = Convolution.random(random, shape.weights());
        try (Convolution ours = Convolution.of(Contender.NNC, shape, image, weights);
                Convolution theirs = Convolution.of(Contender.LIBTORCH, shape, image, weights)) {
            List<Runnable> actions = List.of(ours::run, theirs::run, Peak::chains);
            for (Runnable action : actions) {
                long end = System.nanoTime() + (long) (WARM_UP_SECONDS * 1e9);
                do {
                    action.run();
                } while (System.nanoTime() < end);
            }
            Convolution.check(shape, image, weights, ours.result());
            int turns = Math.max(5, (int) (seconds / actions.size() / TURN_SECONDS));
            double[][] times = new double[actions.size()][turns];
            for (int turn = 0; turn < turns; turn++) {
                for (int i = 0; i < actions.size(); i++) {
                    times[i][turn] = turn(actions.get(i));
                }
            }
            double nnc = shape.operations() / middle(times[0]);
            double libtorch = shape.operations() / middle(times[1]);
            return String.format(Locale.ROOT, "| %s | %.1f | %.0f%% | %.1f | %.2f |", shape, nnc,
                    100 * nnc / (Peak.OPERATIONS / middle(times[2])),
                    libtorch, nnc / libtorch);
        }
    }

    /// Nanoseconds of one run.
    private double turn(Runnable action) {
        long start = System.nanoTime();
        long from = now();
        int count = 0;
        do {
            action.run();
            count++;
        } while (System.nanoTime() - start < TURN_SECONDS * 1e9);
        return (double) (now() - from) / count;
    }

    private long now() {
        return isOneThread ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }

    /// The lower quartile: what disturbs only makes slower.
    private static double middle(double[] times) {
        Arrays.sort(times);
        return times[times.length / 4];
    }
}
