package nnet.compiler.tensor;

/// Where the elements of a gathered tensor `[B..., I..., R...]` lie in the data `[B..., n, R...]`, for the interpreter.
final class Places {

    private final double[] indices;
    private final int indicesPerBatch;
    private final int size;
    private final int rest;

    Places(Tensor indices, int batchAxes, int[] data) {
        this.indices = indices.data();
        int batch = 1;
        for (int i = 0; i < batchAxes; i++) {
            batch *= data[i];
        }
        size = data[batchAxes];
        rest = Index.count(data) / Math.max(batch * size, 1);
        indicesPerBatch = this.indices.length / Math.max(batch, 1);
    }

    /// The place of the gathered element that is the `element`-th in row-major order.
    int of(int element) {
        int row = element / rest;
        int index = Math.clamp((int) indices[row], 0, size - 1);
        return (row / indicesPerBatch * size + index) * rest + element % rest;
    }
}
