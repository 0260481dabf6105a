package nnet.runtime;

/// Which form of one program runs: scalar at first, since the interpreter is some twenty times slower on vector code; the vector form as soon as it is known
/// to be faster. All forms compute the same bits, so any moment is right for the switch.
///
/// After `PATIENCE` nanoseconds in scalar form a background thread warms the vector form up on memory of its own and compares (`WarmUp`). Property
/// `nnet.tiering` = `off` starts with the preferred form at once, property `nnet.vector` with the given one.
final class Tier {

    private static final long PATIENCE = 20_000_000;
    /// What runs less often than this, such as the program that makes the parameters, is not worth a warm-up.
    private static final int OFTEN = 4;
    /// A run in scalar form that takes longer than this is as long as it takes to compile its loops: a trial beside it would only take processors away from both.
    private static final long LONG = 1_000_000_000L;
    /// Where there are no vectors to switch to, only those who compute longer than this are told what they miss.
    private static final long ADVICE = 5_000_000_000L;

    private final int program;
    /// The form chosen for good; null while that is open.
    private volatile Kernels settled;
    // Several threads may add to these without order: only their size matters.
    private long scalarNanos;
    private int scalarRuns;
    private volatile boolean warming;

    Tier(int program) {
        this.program = program;
    }

    void run(NetworkCode code, Workspace workspace) {
        Kernels kernels = settled;
        if (kernels == null) {
            runUnsettled(code, workspace);
            return;
        }
        workspace.prepare(kernels);
        kernels.run(program, workspace);
    }

    private void runUnsettled(NetworkCode code, Workspace workspace) {
        if (scalarRuns == 0 && settleByProperty(code)) {
            run(code, workspace);
            return;
        }
        Kernels scalar = code.kernels(1);
        workspace.prepare(scalar);
        if (warming) {
            scalar.run(program, workspace);
            return;
        }
        long start = System.nanoTime();
        scalar.run(program, workspace);
        long nanos = System.nanoTime() - start;
        scalarNanos += nanos;
        scalarRuns++;
        if (scalarRuns > 1 && nanos > LONG && Vectors.isPresent()) {
            settle(code.kernels(code.preferredLanes()));
        } else if (scalarRuns >= OFTEN && scalarNanos > PATIENCE && Vectors.isPresent()) {
            warming = true;
            WarmUp.begin(code, program, workspace.dims.clone(), this);
        } else if (scalarNanos > ADVICE && !Vectors.isPresent()) {
            settle(scalar);
            Advice.giveOnce();
        }
    }

    /// Whether a property decides.
    private boolean settleByProperty(NetworkCode code) {
        if (Vectors.forced().isPresent()) {
            settle(code.kernels(Vectors.forced().get()));
        } else if ("off".equals(System.getProperty("nnet.tiering"))) {
            settle(code.kernels(code.preferredLanes()));
        }
        return settled != null;
    }

    boolean isSettled() {
        return settled != null;
    }

    void settle(Kernels kernels) {
        settled = kernels;
    }

    int lanes(NetworkCode code) {
        Kernels kernels = settled;
        for (int lanes = 16; kernels != null && lanes > 1; lanes /= 2) {
            if (kernels == code.loadedKernels(lanes)) {
                return lanes;
            }
        }
        return 1;
    }

    /// Said at most once.
    private static final class Advice {
        static {
            System.getLogger("nnet").log(System.Logger.Level.INFO,
                    "networks run without vector instructions; for full speed start java with --add-modules jdk.incubator.vector");
        }

        static void giveOnce() {
            // The class initialiser has spoken.
        }
    }
}
