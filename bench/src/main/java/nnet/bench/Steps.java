package nnet.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/// Steps of a training. The losses are those before and after a fixed number of steps from the fixed start: equal work must give equal losses.
final class Steps implements Work {
    private final Training training;
    private final int batches;
    private final int batchSize;
    private final Timing timing = new Timing(this::step);
    private final Map<String, Double> losses = new LinkedHashMap<>();
    private int next;

    Steps(Training training, int batches, int batchSize, int checkedSteps) {
        this.training = training;
        this.batches = batches;
        this.batchSize = batchSize;
        losses.put(Training.LOSS_BEFORE, training.loss(0));
        for (int step = 0; step < checkedSteps; step++) {
            step();
        }
        losses.put(Training.LOSS_AFTER, training.loss(0));
    }

    private void step() {
        training.step(next);
        next = (next + 1) % batches;
    }

    @Override
    public Map<String, Double> turn(double seconds) {
        double rate = timing.perSecond(seconds);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(Training.RATE, rate);
        values.put(Training.EXAMPLES, rate * batchSize);
        return values;
    }

    @Override
    public Map<String, Double> facts() {
        return losses;
    }

    @Override
    public void close() {
        training.close();
    }
}
