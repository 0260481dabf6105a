package nnet.runtime;

/// As much of the runtime's class as emitted classes need. Parallel calls run in unequal parts, one after the other, the last part first.
public final class Workspace {

    public final float[][] f32;
    public final double[][] f64;
    public final int[][] i32;
    public final int[] dims;
    public final int[] whole;
    public int first;
    public final int[] steps = new int[8];
    public final float[][] scratchF32;
    public final double[][] scratchF64;
    public final int[][] scratchI32;
    private final boolean parallel;

    public Workspace(Kernels kernels, int storages, int[] dims, boolean parallel) {
        f32 = new float[storages][];
        f64 = new double[storages][];
        i32 = new int[storages][];
        this.dims = dims;
        whole = dims;
        this.parallel = parallel;
        scratchF32 = new float[2][kernels.scratchF32() + 64];
        scratchF64 = new double[2][kernels.scratchF64() + 64];
        scratchI32 = new int[2][kernels.scratchI32() + 64];
    }

    /// Some rows, as a workspace of one thread.
    private Workspace(Workspace all, int worker, int symbol, int from, int to) {
        f32 = all.f32;
        f64 = all.f64;
        i32 = all.i32;
        dims = all.dims.clone();
        dims[symbol] = to - from;
        whole = all.dims;
        first = from;
        System.arraycopy(all.steps, 0, steps, 0, steps.length);
        parallel = false;
        scratchF32 = new float[][]{all.scratchF32[worker]};
        scratchF64 = new double[][]{all.scratchF64[worker]};
        scratchI32 = new int[][]{all.scratchI32[worker]};
    }

    /// Every row may be a part.
    public int parts(int symbol, int cost) {
        return parallel ? dims[symbol] : 1;
    }

    public Workspace rows(int worker, int symbol, int from, int to) {
        return new Workspace(this, worker, symbol, from, to);
    }

    public boolean pays(int extent, int cost) {
        return parallel && extent > 1;
    }

    public void parallel(Kernels kernels, int program, int call, int extent) {
        int cut = (extent + 2) / 3;
        kernels.part(program, call, this, 1, cut, extent);
        kernels.part(program, call, this, 0, 0, cut);
    }
}
