package nnet.runtime;

/// As much of the runtime's class as emitted classes need; the compiler knows the real one by name only.
public abstract class Kernels {

    public abstract void run(int program, Workspace workspace);

    public abstract void part(int program, int call, Workspace workspace, int worker, int from, int to);

    public abstract int scratchF32();

    public abstract int scratchF64();

    public abstract int scratchI32();
}
