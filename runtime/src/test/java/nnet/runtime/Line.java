package nnet.runtime;

import java.io.IOException;
import java.nio.file.Path;

/// A network as the compiler would make it, written by hand: `y = slope * x + intercept`, squared loss, gradient descent with momentum and the rate 0.1.
@SuppressWarnings("serial")
final class Line extends CompiledNetwork {

    static final String MANIFEST = """
            nnet	1
            network	nnet.runtime.Line	0
            input	x	f32	0	1
            output	y	f32	0	1
            target	truth	f32	0	1
            parameter	slope	0	trainable
            parameter	intercept	1	trainable
            state	seen	0
            program	initialize
            storage	key	i32	3	control	-
            storage	slope	f32	1	parameter	-
            storage	intercept	f32	1	parameter	-
            storage	seen	f32	1	state	-
            program	infer	batch
            storage	x	f32	batch	data	-
            storage	slope	f32	1	parameter	-
            storage	y	f32	batch	data	-
            program	evaluate	batch
            storage	x	f32	batch	data	-
            storage	truth	f32	batch	data	-
            storage	slope	f32	1	parameter	-
            storage	y	f32	batch	data	-
            storage	loss	f32	batch	data	-
            program	gradient	batch
            storage	x	f32	batch	data	-
            storage	truth	f32	batch	data	-
            storage	slope	f32	1	parameter	-
            storage	key	i32	3	control	-
            storage	loss	f32	1	result	-
            storage	slope	f32	1	gradient	-
            storage	seen	f32	1	state	-
            storage	error	f32	batch	-	0
            storage	product	f32	batch	-	0
            program	update
            storage	parameters	f32	2	parameter	-
            storage	gradient	f32	2	gradient	-
            storage	momentum	f32	2	optimizer	-
            storage	step	i32	1	control	-
            program	metrics	batch
            storage	y	f32	batch	data	-
            storage	truth	f32	batch	data	-
            storage	rmse	f32	1	result	-
            """;

    /// What is loaded and run, for the tests of the choice of kernels.
    static final class Code extends NetworkCode {
        final StringBuffer loadedForms = new StringBuffer();

        Code() {
            super(MANIFEST);
        }

        @Override
        protected Kernels create(int lanes) {
            loadedForms.append(lanes).append(' ');
            return new LineKernels();
        }
    }

    static final Code CODE = new Code();

    Line(NetworkCode code) {
        super(code);
    }

    static Line create(long seed) {
        return create(CODE, seed);
    }

    static Line create(NetworkCode code, long seed) {
        Line line = new Line(code);
        line.initialize(seed);
        return line;
    }

    /// A line that has been at work for a while: the forms of its programs are chosen. The warm-up, which happens once, would allocate.
    static Line settled(long seed) {
        Code code = new Code();
        for (Tier tier : code.tiers) {
            tier.settle(code.kernels(1));
        }
        return create(code, seed);
    }

    static Line load(Path file) throws IOException {
        Line line = new Line(CODE);
        line.restore(file);
        return line;
    }

    void predict(float[] x, int count, float[] y) {
        finish(begin().input(0, x).output(0, y), count);
    }

    static final class LineKernels extends Kernels {

        @Override
        public int scratchF32() {
            return 10;
        }

        @Override
        public void run(int program, Workspace w) {
            switch (program) {
                case 0 -> initialize(w);
                case 1 -> infer(w, w.f32[0], w.f32[1], w.f32[2]);
                case 2 -> {
                    infer(w, w.f32[0], w.f32[2], w.f32[3]);
                    for (int i = 0; i < w.dims[0]; i++) {
                        float error = w.f32[3][i] - w.f32[1][i];
                        w.f32[4][i] = error * error;
                    }
                }
                case 3 -> gradient(w);
                case 4 -> update(w);
                case 5 -> {
                    double sum = 0;
                    for (int i = 0; i < w.dims[0]; i++) {
                        double error = w.f32[0][i] - w.f32[1][i];
                        sum += error * error;
                    }
                    w.f32[2][0] = (float) Math.sqrt(sum / w.dims[0]);
                }
                default -> throw new AssertionError(program);
            }
        }

        private static void initialize(Workspace w) {
            w.f32[1][0] = w.i32[0][0];
            w.f32[1][1] = w.i32[0][1];
            w.f32[3][0] = 0;
        }

        private static void infer(Workspace w, float[] x, float[] parameters, float[] y) {
            for (int i = 0; i < w.dims[0]; i++) {
                y[i] = parameters[0] * x[i] + parameters[1];
            }
        }

        private static void gradient(Workspace w) {
            int batch = w.dims[0];
            float[] error = w.f32[7];
            infer(w, w.f32[0], w.f32[2], error);
            float loss = 0;
            float slope = 0;
            float intercept = 0;
            for (int i = 0; i < batch; i++) {
                error[i] -= w.f32[1][i];
                loss += error[i] * error[i];
                slope += 2 * error[i] * w.f32[0][i];
                intercept += 2 * error[i];
            }
            w.f32[4][0] = loss / batch;
            w.f32[5][0] = slope / batch;
            w.f32[5][1] = intercept / batch;
            w.f32[6][0] += batch;
        }

        private static void update(Workspace w) {
            for (int i = 0; i < 2; i++) {
                float momentum = 0.5f * w.f32[2][i] + w.f32[1][i];
                w.f32[2][i] = momentum;
                w.f32[0][i] -= 0.1f * momentum;
            }
        }

        @Override
        public void part(int program, int call, Workspace w, int worker, int from, int to) {
            throw new AssertionError("no parallel calls");
        }
    }
}
