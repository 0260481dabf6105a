package nnet.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/// ONNX Runtime as its manual advises for latency: all optimisations, one session, tensors over native memory that are made once, the output in a given place.
final class OnnxInference implements Inference {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final FloatBuffer input;
    private final FloatBuffer output;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    OnnxInference(InferenceTask task, int threads) throws OrtException {
        this(OnnxModel.of(task), task.batch(), task.inputs(), task.outputs(), threads);
    }

    OnnxInference(byte[] model, int batch, int width, int classes, int threads) throws OrtException {
        try (var options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            session = environment.createSession(model, options);
        }
        input = buffer(batch * width);
        output = buffer(batch * classes);
        inputs = Map.of("x", OnnxTensor.createTensor(environment, input, new long[]{batch, width}));
        outputs = Map.of("y", OnnxTensor.createTensor(environment, output, new long[]{batch, classes}));
    }

    private static FloatBuffer buffer(int size) {
        return ByteBuffer.allocateDirect(4 * size).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public void predict(float[] rows, float[] answers) throws OrtException {
        input.put(0, rows);
        session.run(inputs, outputs).close();
        output.get(0, answers);
    }

    @Override
    public void close() throws IOException {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IOException(e);
        }
    }
}
