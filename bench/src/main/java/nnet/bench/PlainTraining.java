package nnet.bench;

import java.util.Arrays;

/// The network written out by hand for one thread: loops in the order that HotSpot turns into vector code by itself, all buffers made once.
final class PlainTraining implements Training {
    private final TrainingTask task;
    private final int batchSize;
    private final float[][] inputs;
    private final int[][] labels;
    private final float[][] parameters;
    private final float[][] gradients;
    private final float[][] means;
    private final float[][] variances;
    private final float[] hidden;
    private final float[] outputs;
    private final float[] hiddenGradient;
    private int steps;

    PlainTraining(TrainingTask task) {
        this.task = task;
        this.batchSize = task.batchSize();
        this.inputs = new float[task.batches()][];
        this.labels = new int[task.batches()][];
        for (int i = 0; i < task.batches(); i++) {
            inputs[i] = task.batch(i);
            labels[i] = task.labelsOf(i);
        }
        this.parameters = like(task.start());
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = task.start()[i].clone();
        }
        this.gradients = like(parameters);
        this.means = like(parameters);
        this.variances = like(parameters);
        this.hidden = new float[batchSize * task.hidden()];
        this.outputs = new float[batchSize * task.outputs()];
        this.hiddenGradient = new float[batchSize * task.hidden()];
    }

    private static float[][] like(float[][] arrays) {
        float[][] result = new float[arrays.length][];
        for (int i = 0; i < arrays.length; i++) {
            result[i] = new float[arrays[i].length];
        }
        return result;
    }

    @Override
    public double loss(int batch) {
        forward(inputs[batch]);
        return lossAndGradient(labels[batch]);
    }

    @Override
    public void step(int batch) {
        loss(batch);
        backward(inputs[batch]);
        steps++;
        float rate = (float) (TrainingTask.LEARNING_RATE / (1 - Math.pow(TrainingTask.BETA1, steps)));
        float correction = (float) (1 / (1 - Math.pow(TrainingTask.BETA2, steps)));
        for (int i = 0; i < parameters.length; i++) {
            adam(rate, correction, parameters[i], gradients[i], means[i], variances[i]);
        }
    }

    private void forward(float[] x) {
        dense(x, task.inputs(), parameters[0], parameters[1], hidden);
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = Math.max(0, hidden[i]);
        }
        dense(hidden, task.hidden(), parameters[2], parameters[3], outputs);
    }

    /// The mean loss; leaves its gradient by the logits in their place.
    private double lossAndGradient(int[] target) {
        return switch (task.output()) {
            case CLASSES -> softmaxCrossEntropy(target);
            case YES_OR_NO -> sigmoidCrossEntropy(target);
        };
    }

    private double softmaxCrossEntropy(int[] target) {
        int classes = task.outputs();
        double loss = 0;
        for (int row = 0; row < batchSize; row++) {
            int at = row * classes;
            float largest = outputs[at];
            for (int j = 1; j < classes; j++) {
                largest = Math.max(largest, outputs[at + j]);
            }
            float sum = 0;
            float logit = outputs[at + target[row]] - largest;
            for (int j = 0; j < classes; j++) {
                outputs[at + j] = (float) Math.exp(outputs[at + j] - largest);
                sum += outputs[at + j];
            }
            loss += Math.log(sum) - logit;
            for (int j = 0; j < classes; j++) {
                outputs[at + j] /= sum * batchSize;
            }
            outputs[at + target[row]] -= 1f / batchSize;
        }
        return loss / batchSize;
    }

    private double sigmoidCrossEntropy(int[] target) {
        double loss = 0;
        for (int row = 0; row < batchSize; row++) {
            float logit = outputs[row];
            // -t log(s) - (1 - t) log(1 - s) = max(z, 0) - z t + log(1 + exp(-|z|)) for s = sigmoid(z)
            loss += Math.max(logit, 0) - logit * target[row] + Math.log1p(Math.exp(-Math.abs(logit)));
            outputs[row] = (float) ((1 / (1 + Math.exp(-logit)) - target[row]) / batchSize);
        }
        return loss / batchSize;
    }

    private void backward(float[] x) {
        denseGradient(hidden, task.hidden(), outputs, gradients[2], gradients[3]);
        inputGradient(outputs, parameters[2], hiddenGradient, task.hidden());
        for (int i = 0; i < hidden.length; i++) {
            hiddenGradient[i] = hidden[i] > 0 ? hiddenGradient[i] : 0;
        }
        denseGradient(x, task.inputs(), hiddenGradient, gradients[0], gradients[1]);
    }

    /// y = x w + b
    private void dense(float[] x, int width, float[] w, float[] b, float[] y) {
        int out = b.length;
        for (int row = 0; row < batchSize; row++) {
            System.arraycopy(b, 0, y, row * out, out);
            for (int k = 0; k < width; k++) {
                axpy(x[row * width + k], w, k * out, y, row * out, out);
            }
        }
    }

    /// dw = x^T dy, db = the sum of the rows of dy
    private void denseGradient(float[] x, int width, float[] dy, float[] dw, float[] db) {
        int out = db.length;
        Arrays.fill(dw, 0);
        Arrays.fill(db, 0);
        for (int row = 0; row < batchSize; row++) {
            axpy(1, dy, row * out, db, 0, out);
            for (int k = 0; k < width; k++) {
                axpy(x[row * width + k], dy, row * out, dw, k * out, out);
            }
        }
    }

    /// dx = dy w^T
    private void inputGradient(float[] dy, float[] w, float[] dx, int width) {
        int out = w.length / width;
        for (int row = 0; row < batchSize; row++) {
            for (int k = 0; k < width; k++) {
                float sum = 0;
                for (int j = 0; j < out; j++) {
                    sum += dy[row * out + j] * w[k * out + j];
                }
                dx[row * width + k] = sum;
            }
        }
    }

    private static void axpy(float scale, float[] x, int xAt, float[] y, int yAt, int length) {
        for (int j = 0; j < length; j++) {
            y[yAt + j] += scale * x[xAt + j];
        }
    }

    private static void adam(float rate, float correction, float[] parameter, float[] gradient, float[] mean, float[] variance) {
        for (int i = 0; i < parameter.length; i++) {
            float g = gradient[i];
            mean[i] = TrainingTask.BETA1 * mean[i] + (1 - TrainingTask.BETA1) * g;
            variance[i] = TrainingTask.BETA2 * variance[i] + (1 - TrainingTask.BETA2) * g * g;
            parameter[i] -= rate * mean[i] / ((float) Math.sqrt(correction * variance[i]) + TrainingTask.EPSILON);
        }
    }
}
