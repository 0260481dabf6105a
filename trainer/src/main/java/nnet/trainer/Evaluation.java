package nnet.trainer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nnet.runtime.Manifest;
import nnet.runtime.Metrics;
import nnet.runtime.Prediction;
import nnet.runtime.Trainer;
import nnet.trainer.data.Dataset;

/// Loss and metrics of a whole split with the weights of a trainer as they are.
public final class Evaluation {

    private final List<Manifest.Port> outputs;
    private final Prediction prediction;
    private final Metrics metrics;

    public Evaluation(Trainer trainer, List<Manifest.Port> outputs) {
        this.outputs = outputs;
        prediction = trainer.evaluation();
        metrics = trainer.metrics();
    }

    public Progress.Score score(Dataset data) {
        int next = 0;
        List<Object> targets = new ArrayList<>();
        for (Dataset.Values values : data.values()) {
            if (values.port().isCategory()) {
                prediction.input(next, values.integers());
            } else {
                prediction.input(next, values.reals());
            }
            if (next++ >= data.inputs().size()) {
                targets.add(values.port().isCategory() ? values.integers() : values.reals());
            }
        }
        List<float[]> results = new ArrayList<>();
        for (Manifest.Port output : outputs) {
            results.add(new float[Math.multiplyExact(data.rows(), output.size())]);
            prediction.output(results.size() - 1, results.getLast());
        }
        float[] losses = new float[data.rows()];
        prediction.output(outputs.size(), losses).run(data.rows());
        return new Progress.Score(mean(losses), metrics(results, targets, data.rows()));
    }

    private Map<String, Float> metrics(List<float[]> results, List<Object> targets, int rows) {
        Map<String, Float> named = new LinkedHashMap<>();
        List<String> names = metrics.names();
        if (!names.isEmpty()) {
            float[] values = metrics.compute(results, targets, rows);
            for (int i = 0; i < values.length; i++) {
                named.put(names.get(i), values[i]);
            }
        }
        return named;
    }

    private static double mean(float[] losses) {
        double sum = 0;
        for (float loss : losses) {
            sum += loss;
        }
        return sum / losses.length;
    }
}
