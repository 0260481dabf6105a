package nnet.runtime;

import java.util.concurrent.locks.LockSupport;

/// Runs the vector form of a program in the background, on memory of its own, until the JVM has compiled it and it beats the scalar form, or clearly does not.
final class WarmUp extends Thread {

    /// After this time the program stays as it is.
    private static final long BUDGET = 20_000_000_000L;
    /// How long each form runs before the next comparison, and how long this thread then leaves the processor to others: the JVM compiles meanwhile.
    private static final long ROUND = 2_000_000;
    /// Programs with more memory than this are switched without a trial: their loops are long, and get compiled while they run.
    private static final long MAX_ELEMENTS = 32_000_000;

    /// How long a scalar form is run until the JVM has certainly compiled it.
    private static final long PATIENCE = 2_000_000_000L;

    private static final Object ONE_AT_A_TIME = new Object();

    private final NetworkCode code;
    private final int program;
    private final int[] dims;
    private final Tier tier;

    private WarmUp(NetworkCode code, int program, int[] dims, Tier tier) {
        super("nnet-warm-up");
        this.code = code;
        this.program = program;
        this.dims = dims;
        this.tier = tier;
        setDaemon(true);
        setPriority(MIN_PRIORITY);
    }

    /// Whoever computes makes a thread here, once for each program, and nothing else.
    static void begin(NetworkCode code, int program, int[] dims, Tier tier) {
        new WarmUp(code, program, dims, tier).start();
    }

    /// Predicts until the form of prediction is settled, or for as long as the scalar form needs to be compiled.
    static void wait(CompiledNetwork network) {
        Prediction prediction = network.prediction();
        prediction.bindZeros();
        int program = network.code().manifest.program("infer");
        long start = System.nanoTime();
        while (!network.code().isSettled(program) && System.nanoTime() - start < (Vectors.isPresent() ? BUDGET : PATIENCE)) {
            prediction.run(1);
        }
        long settled = System.nanoTime();
        while (System.nanoTime() - settled < PATIENCE / 10) {
            prediction.run(1);
        }
    }

    @Override
    public void run() {
        synchronized (ONE_AT_A_TIME) {
            choose();
        }
    }

    private void choose() {
        Kernels scalar = code.kernels(1);
        try {
            // The class may have to be compiled first.
            Kernels vector = code.kernels(code.preferredLanes());
            tier.settle(vector == scalar || isLarge() || isFaster(vector, scalar) ? vector : scalar);
        } catch (RuntimeException | Error e) {
            tier.settle(scalar);
            throw e;
        }
    }

    private boolean isLarge() {
        Manifest.Program layout = code.manifest.programs().get(program);
        long elements = 0;
        for (Manifest.Storage storage : layout.storages()) {
            elements += storage.size().at(layout.symbols(), dims);
        }
        return elements > MAX_ELEMENTS;
    }

    private boolean isFaster(Kernels vector, Kernels scalar) {
        try (Workers alone = Workers.of(1)) {
            Buffers buffers = Buffers.forTraining(code.manifest);
            buffers.settle(code);
            Workspace workspace = new Workspace(code.manifest.programs().get(program), buffers, dims, alone);
            long end = System.nanoTime() + BUDGET;
            double vectorTime = Double.POSITIVE_INFINITY;
            double scalarTime = Double.POSITIVE_INFINITY;
            while (System.nanoTime() < end) {
                vectorTime = Math.min(vectorTime, time(vector, workspace));
                scalarTime = Math.min(scalarTime, time(scalar, workspace));
                if (vectorTime < 0.9 * scalarTime) {
                    return true;
                }
                LockSupport.parkNanos(ROUND);
            }
            return vectorTime < scalarTime;
        }
    }

    /// Nanoseconds of one run, the mean over a round.
    private double time(Kernels kernels, Workspace workspace) {
        workspace.prepare(kernels);
        long start = System.nanoTime();
        long now = start;
        int runs = 0;
        while (runs == 0 || now - start < ROUND) {
            kernels.run(program, workspace);
            runs++;
            now = System.nanoTime();
        }
        return (now - start) / (double) runs;
    }
}
