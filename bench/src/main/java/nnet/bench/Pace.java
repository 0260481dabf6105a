package nnet.bench;

/// How long the contenders of a row warm up, and how often and how long each has its turn then. Many short turns are better than few long ones, as long as each holds a few
/// calls: a disturbance of the machine then falls into few of the pairs whose ratios are taken.
///
/// @param warmUp seconds for what HotSpot compiles
/// @param turn   seconds of one turn; what takes longer is done once
/// @param turns  of each contender; none where the facts say all
record Pace(double warmUp, double turn, int turns) {
    private static final int TURNS = 12;

    /// Long enough for one kernel to be compiled.
    static final Pace KERNEL = new Pace(1.5, 0.06, 16);
    /// A step of a training runs many kernels, and each must have been compiled.
    static final Pace TRAINING = new Pace(10, 0.4, TURNS);
    static final Pace INFERENCE = new Pace(4, 0.4, TURNS);
    /// After twelve seconds, HotSpot had not come to the end with as many methods as ResNet-50 has.
    static final Pace DEEP_INFERENCE = new Pace(25, 0.4, TURNS);
    /// Nearly the whole compiler has to become machine code: after two seconds it still grew faster from one row to the next.
    static final Pace COMPILATION = new Pace(12, 0.2, TURNS);
    /// Whole processes, one run after the other; the first is not counted.
    static final Pace PROCESSES = new Pace(0, 0, 9);
    static final Pace ONCE = new Pace(0, 0, 0);

    /// Seconds of warming up: of what has been compiled long before, only caches and pools of memory.
    double warmUp(Contender contender) {
        return switch (contender) {
            case NNC, PLAIN_JAVA, MACHINE -> warmUp;
            case LIBTORCH, OPENBLAS, ONNX_RUNTIME -> warmUp / 4;
        };
    }

    /// Seconds until the threads of a contender sleep when its turn is over: pools that wait for more work in a loop go on with it for a while.
    static double asleepAfter(Contender contender) {
        return switch (contender) {
            case OPENBLAS, ONNX_RUNTIME -> 0.2;
            case NNC, LIBTORCH, MACHINE, PLAIN_JAVA -> 0;
        };
    }
}
