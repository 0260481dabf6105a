package nnet.bench;

import org.bytedeco.openblas.global.openblas;

/// OpenBLAS's `sgemm`, straight on Java arrays.
final class OpenBlas implements MatrixProduct {

    OpenBlas(int threads) {
        openblas.blas_set_num_threads(threads);
    }

    @Override
    public void multiply(int n, float[] a, float[] b, float[] c) {
        openblas.cblas_sgemm(openblas.CblasRowMajor, openblas.CblasNoTrans, openblas.CblasNoTrans, n, n, n, 1, a, n, b, n, 0, c, n);
    }
}
