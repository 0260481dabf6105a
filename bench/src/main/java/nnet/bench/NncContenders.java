package nnet.bench;

/// The compiled networks.
final class NncContenders {
    private NncContenders() {}

    static MatrixProduct product(int threads) {
        throw new UnsupportedOperationException("the compiled matrix product, nnet.bench.NncContenders");
    }

    static Training training(TrainingTask task, int threads) {
        throw new UnsupportedOperationException("the compiled training step, nnet.bench.NncContenders");
    }
}
