package nnet.bench;

import java.io.IOException;
import java.util.function.Supplier;

/// Predictions of a network, a batch at a time, from an array of Java to an array of Java.
interface Inference extends AutoCloseable {
    String MEDIAN = "p50";
    String TAIL = "p99";
    String ANSWER = "answer";
    /// @param input   the rows of the batch
    /// @param outputs receives the rows of the answer
    void predict(float[] input, float[] outputs) throws Exception;

    @Override
    default void close() throws IOException {}

    static Measurement of(Supplier<InferenceTask> supplier) {
        return Measurement.of(Pace.INFERENCE, (contender, threads, _) -> {
            InferenceTask task = supplier.get();
            return new Predictions(of(contender, threads, task), task.rows(), new float[task.batch() * task.outputs()], task.batch());
        });
    }

    private static Inference of(Contender contender, int threads, InferenceTask task) throws Exception {
        return switch (contender) {
            case NNC -> NncContenders.inference(task);
            case ONNX_RUNTIME -> new OnnxInference(task, threads);
            case LIBTORCH -> new LibtorchInference(task);
            case MACHINE, OPENBLAS, PLAIN_JAVA -> throw new IllegalArgumentException(contender.title);
        };
    }
}
