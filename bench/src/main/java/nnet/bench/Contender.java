package nnet.bench;

/// Who does the work.
enum Contender {
    /// The machine itself: as many fused multiply-adds as one thread can do.
    MACHINE("peak"),
    NNC("nnc"),
    LIBTORCH("libtorch"),
    OPENBLAS("OpenBLAS"),
    ONNX_RUNTIME("ONNX Runtime"),
    /// A loop as a good programmer writes it by hand, on one thread.
    PLAIN_JAVA("plain Java");

    final String title;

    Contender(String title) {
        this.title = title;
    }

    boolean usesThreads() {
        return this != PLAIN_JAVA && this != MACHINE;
    }
}
