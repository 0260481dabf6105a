package nnet.runtime;

/// The compiled loops of one network for one kind of machine. Generated classes extend it; they hold no state, so one instance serves all threads.
///
/// Programs and calls are numbered as in the manifest. Every kernel class of a network computes the same bits.
public abstract class Kernels {

    protected Kernels() {
    }

    /// Runs all calls of a program in order.
    public abstract void run(int program, Workspace workspace);

    /// Runs iterations [from, to) of the parallel loop of one call.
    ///
    /// @param worker selects the scratch: threads that run parts at the same time have different ones
    public abstract void part(int program, int call, Workspace workspace, int worker, int from, int to);

    /// Elements of `f32` scratch that one worker needs, the largest of all kernels; likewise below.
    public int scratchF32() {
        return 0;
    }

    public int scratchF64() {
        return 0;
    }

    public int scratchI32() {
        return 0;
    }
}
