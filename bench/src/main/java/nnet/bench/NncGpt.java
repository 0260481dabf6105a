package nnet.bench;

import nnet.runtime.Network;
import nnet.runtime.Trainer;

/// The GPT of `gpt.nnet`.
final class NncGpt implements Training {
    private final Trainer trainer;
    private final int[][] read = new int[GptTask.BATCHES][];
    private final int[][] next = new int[GptTask.BATCHES][];

    NncGpt(GptTask task, Network network) {
        task.eachParameter(network::setParameter);
        trainer = network.trainer();
        for (int i = 0; i < GptTask.BATCHES; i++) {
            read[i] = task.read(i);
            next[i] = task.next(i);
        }
    }

    @Override
    public void step(int batch) {
        System.arraycopy(read[batch], 0, trainer.ints("letters", GptTask.BATCH), 0, read[batch].length);
        System.arraycopy(next[batch], 0, trainer.ints("target", GptTask.BATCH), 0, next[batch].length);
        trainer.step(GptTask.BATCH);
    }

    @Override
    public double loss(int batch) {
        float[] losses = new float[GptTask.BATCH];
        trainer.evaluation().input(0, read[batch]).input(1, next[batch]).output(1, losses).run(GptTask.BATCH);
        double sum = 0;
        for (float each : losses) {
            sum += each;
        }
        return sum / losses.length;
    }

    @Override
    public void close() {
        trainer.close();
    }
}
