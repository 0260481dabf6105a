package nnet.compiler.lower;

import static nnet.compiler.lower.Examples.BATCH;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.BinaryOperator;
import nnet.compiler.loop.LoopProgram.Share;
import nnet.compiler.optimise.Optimise;
import nnet.compiler.schedule.Target;
import nnet.compiler.tensor.Batch;
import nnet.compiler.tensor.BatchSum;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.Size;
import nnet.compiler.tensor.Tanh;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.TensorType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rows of a scan are shared by threads")
class RowwiseTest {

    private static long shares(Graph graph) {
        return Lower.lower(graph, Target.SCALAR).commands().stream().filter(Share.class::isInstance).count();
    }

    /// A scan of five steps: the next carry `[width]` is made of the carry and the element of the step.
    private static Graph scan(int width, Builder body, BinaryOperator<Value> next) {
        Value carry = body.input("carry", Role.DATA, TensorType.f32(width));
        Value x = body.input("x", Role.DATA, TensorType.f32(width));
        Value w = body.input("w", Role.DATA, TensorType.f32(width, width));
        Value product = body.add(new Contraction(List.of(0), List.of(0, 1), List.of(1)), carry, w);
        body.output("carry", Role.DATA, body.add(new Tanh(), next.apply(product, x)));
        Builder b = new Builder("scan");
        Value first = b.constant(TensorType.f32(width), 0);
        Value all = b.input("x", Role.DATA, TensorType.f32(5, width));
        Value matrix = b.input("w", Role.PARAMETER, TensorType.f32(width, width));
        b.output("last", Role.DATA, b.add(new Scan(body.build(), 1, 1, false), first, all, matrix));
        return Batch.batch(b.build(), BATCH);
    }

    @Test
    @DisplayName("in a recurrent layer, and in its gradient")
    void recurrent() {
        Builder body = new Builder("step");
        assertEquals(1, shares(scan(4, body, body::plus)));
        assertEquals(2, shares(Optimise.optimise(ScanExamples.lstmGradient())));
    }

    @Test
    @DisplayName("not where a row is made of all others")
    void sums() {
        Builder body = new Builder("step");
        assertEquals(0, shares(scan(4, body, (product, x) -> body.plus(product, body.add(new BatchSum(), x)))));
    }

    @Test
    @DisplayName("not where a row knows how many there are")
    void sizes() {
        Builder body = new Builder("step");
        assertEquals(0, shares(scan(4, body, (product, x) -> body.plus(product, body.broadcast(body.add(new Size(BATCH)), x.shape())))));
    }

    @Test
    @DisplayName("not where the weights would leave the cache of a core for each part")
    void weights() {
        Builder body = new Builder("step");
        assertEquals(0, shares(scan(512, body, body::plus)));
    }
}
