package nnet.bench;

/// A trained network and a batch to predict, the same for every contender: dense layers with relu between them and softmax behind the last.
///
/// @param network the `.nnet` file beside this class
/// @param widths  of the input and of every layer's output
/// @param weights of each layer `[inputs, outputs]` and its biases, one after the other
/// @param rows    of each batch, one after the other; batches are predicted in turn
record InferenceTask(String network, int[] widths, float[][] weights, int batch, float[][] rows) {

    private static final int BATCHES = 16;

    /// The network of a training, before it, and its first examples.
    static InferenceTask of(TrainingTask task, int batch) {
        float[][] rows = new float[BATCHES][batch * task.inputs()];
        for (int i = 0; i < BATCHES * batch; i++) {
            System.arraycopy(task.examples()[i], 0, rows[i / batch], i % batch * task.inputs(), task.inputs());
        }
        return new InferenceTask("mlp", new int[]{task.inputs(), task.hidden(), task.outputs()}, task.start(), batch, rows);
    }

    /// The MLP with weights and an input that need no data: what starts quickly is to be measured.
    static InferenceTask counting() {
        int[] widths = {784, 128, 10};
        float[][] weights = new float[4][];
        for (int layer = 0; layer < 2; layer++) {
            weights[2 * layer] = new float[widths[layer] * widths[layer + 1]];
            for (int i = 0; i < weights[2 * layer].length; i++) {
                weights[2 * layer][i] = (i % 13 - 6) / 40f;
            }
            weights[2 * layer + 1] = new float[widths[layer + 1]];
        }
        float[] input = new float[widths[0]];
        for (int i = 0; i < input.length; i++) {
            input[i] = i % 7 / 7f;
        }
        return new InferenceTask("mlp", widths, weights, 1, new float[][]{input});
    }

    int inputs() {
        return widths[0];
    }

    int outputs() {
        return widths[widths.length - 1];
    }

    int layers() {
        return widths.length - 1;
    }

    /// One number that tells answers apart: every output counts with its own weight.
    static double digest(float[] outputs) {
        double sum = 0;
        for (int i = 0; i < outputs.length; i++) {
            sum += outputs[i] * Math.cos(i);
        }
        return sum;
    }
}
