package nnet.trainer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.runtime.Manifest;
import nnet.runtime.Metrics;
import nnet.runtime.Prediction;
import nnet.runtime.Trainer;
import nnet.trainer.data.Dataset;

/// Loss and metrics of a whole split with the weights of a trainer as they are.
public final class Evaluation {

    /// What rounding may add to a probability.
    private static final float TOLERANCE = 1e-3f;

    private final List<Manifest.Port> outputs;
    private final Prediction prediction;
    private final Metrics metrics;

    public Evaluation(Trainer trainer, List<Manifest.Port> outputs) {
        this.outputs = outputs;
        prediction = trainer.evaluation();
        metrics = trainer.metrics();
    }

    /// Examples are unpacked and evaluated a batch at a time; only what the metrics need is kept.
    public Progress.Score score(Dataset data) {
        Batches batches = new Batches(data);
        batches.bind(prediction);
        boolean isKept = !metrics.names().isEmpty() || Forecasts.are(data);
        List<Results> results = new ArrayList<>();
        for (Manifest.Port output : outputs) {
            results.add(new Results(output.size(), data.rows(), isKept));
            prediction.output(results.size() - 1, results.getLast().batch);
        }
        Results losses = new Results(1, data.rows(), true);
        prediction.output(outputs.size(), losses.batch);
        for (int from = 0; from < data.rows(); from += Batches.SIZE) {
            int count = batches.load(from);
            prediction.run(count);
            for (Results each : results) {
                each.keep(from, count);
            }
            losses.keep(from, count);
        }
        return new Progress.Score(mean(losses.all), isKept ? metrics(results, data) : Map.of());
    }

    /// A value of an output of categories that is no probability.
    record Outside(Manifest.Port output, float value) {
    }

    /// Looks for such a value in the answers to the first examples.
    Optional<Outside> outside(Dataset data) {
        Batches batches = new Batches(data);
        batches.bind(prediction);
        List<float[]> answers = new ArrayList<>();
        for (Manifest.Port output : outputs) {
            answers.add(new float[Math.multiplyExact(Math.min(data.rows(), Batches.SIZE), output.size())]);
            prediction.output(answers.size() - 1, answers.getLast());
        }
        prediction.run(batches.load(0));
        for (int i = 0; i < outputs.size(); i++) {
            for (float value : outputs.get(i).categories() == 0 ? new float[0] : answers.get(i)) {
                if (value < -TOLERANCE || value > 1 + TOLERANCE) {
                    return Optional.of(new Outside(outputs.get(i), value));
                }
            }
        }
        return Optional.empty();
    }

    /// What comes out for a batch, and for all examples.
    private static final class Results {

        private final int size;
        private final float[] batch;
        private final float[] all;

        Results(int size, int rows, boolean isKept) {
            this.size = size;
            batch = new float[Math.multiplyExact(Math.min(rows, Batches.SIZE), size)];
            all = new float[isKept ? Math.multiplyExact(rows, size) : 0];
        }

        void keep(int from, int count) {
            if (all.length > 0) {
                System.arraycopy(batch, 0, all, from * size, count * size);
            }
        }
    }

    private Map<String, Float> metrics(List<Results> results, Dataset data) {
        Map<String, Float> named = new LinkedHashMap<>();
        List<String> names = metrics.names();
        List<float[]> all = results.stream().map(each -> each.all).toList();
        float[] values = names.isEmpty() ? new float[0] : metrics.compute(all, targets(data), data.rows());
        for (int i = 0; i < values.length; i++) {
            named.put(names.get(i), values[i]);
        }
        if (Forecasts.are(data)) {
            named.putAll(Forecasts.compare(all, data));
        }
        return named;
    }

    private static List<Object> targets(Dataset data) {
        List<Object> targets = new ArrayList<>();
        for (int i = 0; i < data.targets().size(); i++) {
            targets.add(data.target(i).numbers());
        }
        return targets;
    }

    private static double mean(float[] losses) {
        double sum = 0;
        for (float loss : losses) {
            sum += loss;
        }
        return sum / losses.length;
    }
}
