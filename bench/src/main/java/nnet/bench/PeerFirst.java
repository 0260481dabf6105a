package nnet.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/// The main class of a process that starts a peer and predicts one example, for `FirstPrediction`.
final class PeerFirst {

    private PeerFirst() {}

    public static void main(String[] arguments) throws Exception {
        InferenceTask task = InferenceTask.counting();
        float[] answer = new float[task.outputs()];
        Inference inference = arguments.length > 1
                ? new OnnxInference(Files.readAllBytes(Path.of(arguments[1])), 1, task.inputs(), task.outputs(), 1)
                : new LibtorchInference(task);
        inference.predict(task.rows()[0], answer);
        System.out.println(Seat.MARK + InferenceTask.digest(answer));
        System.exit(0);
    }
}
