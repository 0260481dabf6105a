package nnet.compiler.lower;

import static nnet.compiler.lower.Examples.BATCH;

import java.util.ArrayList;
import java.util.List;
import nnet.compiler.differentiate.Differentiate;
import nnet.compiler.tensor.Add;
import nnet.compiler.tensor.Batch;
import nnet.compiler.tensor.BatchSum;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Multiply;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.Sigmoid;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Tanh;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Scans to lower.
public final class ScanExamples {

    private ScanExamples() {
    }

    public static List<Graph> all() {
        return List.of(lstm(false), lstm(true), lstmGradient(), wideGradient(), register(), results(), nested(), alongTheBatch());
    }

    /// One long short-term memory cell.
    private static Graph cell(int features, int units) {
        Builder b = new Builder("cell");
        Value h = b.input("h", Role.DATA, TensorType.f32(units));
        Value c = b.input("c", Role.DATA, TensorType.f32(units));
        Value x = b.input("x", Role.DATA, TensorType.f32(features));
        Value w = b.input("w", Role.DATA, TensorType.f32(features, 4 * units));
        Value u = b.input("u", Role.DATA, TensorType.f32(units, 4 * units));
        Contraction product = new Contraction(List.of(0), List.of(0, 1), List.of(1));
        Value gates = b.plus(b.add(product, x, w), b.add(product, h, u));
        Value keep = b.add(new Sigmoid(), gate(b, gates, 0, units));
        Value add = b.times(b.add(new Sigmoid(), gate(b, gates, 1, units)), b.add(new Tanh(), gate(b, gates, 2, units)));
        Value nextC = b.plus(b.times(keep, c), add);
        Value nextH = b.times(b.add(new Sigmoid(), gate(b, gates, 3, units)), b.add(new Tanh(), nextC));
        b.output("h", Role.DATA, nextH);
        b.output("c", Role.DATA, nextC);
        b.output("y", Role.DATA, nextH);
        return b.build();
    }

    private static Value gate(Builder b, Value gates, int number, int units) {
        return b.add(new Slice(0, number * units, Dim.of(units), 1), gates);
    }

    private static Graph lstm(boolean reverse) {
        Builder b = new Builder(reverse ? "lstm_backwards" : "lstm");
        lstm(b, 6, 5, reverse).forEach(value -> b.output("result" + value.id(), Role.DATA, value));
        return Batch.batch(b.build(), BATCH);
    }

    private static List<Value> lstm(Builder b, int steps, int units, boolean reverse) {
        int features = 3;
        Value x = b.input("x", Role.DATA, TensorType.f32(steps, features));
        Value w = b.input("w", Role.PARAMETER, TensorType.f32(features, 4 * units));
        Value u = b.input("u", Role.PARAMETER, TensorType.f32(units, 4 * units));
        Value zero = b.constant(TensorType.f32(units), 0);
        return b.addAll(new Scan(cell(features, units), 2, 1, reverse), List.of(zero, zero, x, w, u));
    }

    /// The whole of backpropagation through time: saved carries, a scan backwards, sums for the weights.
    public static Graph lstmGradient() {
        return lstmGradient("lstm_gradient", 6, 5);
    }

    /// Steps and columns enough for a layout of its own for the matrix that the steps multiply by, and for its transpose.
    public static Graph wideGradient() {
        return lstmGradient("wide_gradient", 8, 32);
    }

    private static Graph lstmGradient(String name, int steps, int units) {
        Builder b = new Builder(name);
        List<Value> results = lstm(b, steps, units, false);
        Value all = b.add(new Sum(List.of(0, 1)), results.get(2));
        Value last = b.add(new Sum(List.of(0)), b.times(results.get(1), results.get(0)));
        b.output("loss", Role.RESULT, b.add(new BatchSum(), b.plus(all, last)));
        return Differentiate.gradients(Batch.batch(b.build(), BATCH), "loss", List.of("w", "u"));
    }

    /// Carries that move on from one to the next: none may be written over before it has been read.
    private static Graph register() {
        Builder body = new Builder("shift");
        Value a = body.input("a", Role.DATA, TensorType.f32(4));
        Value b = body.input("b", Role.DATA, TensorType.f32(4));
        Value same = body.input("same", Role.DATA, TensorType.f32(4));
        Value x = body.input("x", Role.DATA, TensorType.f32(4));
        body.output("a", Role.DATA, body.plus(b, x));
        body.output("b", Role.DATA, a);
        body.output("same", Role.DATA, same);
        body.output("y", Role.DATA, body.add(new Multiply(), a, b));
        body.output("element", Role.DATA, x);
        return whole(new Scan(body.build(), 3, 1, false), 7, 4);
    }

    /// What is kept for every step and also asked for outside of the program.
    private static Graph results() {
        Builder body = new Builder("kept");
        Value a = body.input("a", Role.DATA, TensorType.f32(4));
        Value x = body.input("x", Role.DATA, TensorType.f32(4));
        Value next = body.add(new Add(), body.times(a, x), x);
        body.output("a", Role.DATA, next);
        body.output("before", Role.DATA, a);
        body.output("after", Role.DATA, next);
        return whole(new Scan(body.build(), 1, 1, true), 7, 4);
    }

    private static Graph whole(Scan scan, int steps, int size) {
        Builder b = new Builder("whole");
        List<Value> operands = new ArrayList<>();
        for (int i = 0; i < scan.carries(); i++) {
            operands.add(b.input("first" + i, Role.DATA, TensorType.f32(size)));
        }
        operands.add(b.input("x", Role.DATA, TensorType.f32(steps, size)));
        b.addAll(scan, operands).forEach(value -> b.output("result" + value.id(), Role.DATA, value));
        return Batch.batch(b.build(), BATCH);
    }

    /// A scan over the rows of a matrix in a scan over matrices; the inner one starts from the carry of the outer one.
    private static Graph nested() {
        Builder inner = new Builder("inner");
        Value h = inner.input("h", Role.DATA, TensorType.f32(3));
        Value x = inner.input("x", Role.DATA, TensorType.f32(3));
        Value next = inner.add(new Tanh(), inner.plus(inner.times(h, x), x));
        inner.output("h", Role.DATA, next);
        inner.output("y", Role.DATA, next);
        Builder outer = new Builder("outer");
        Value s = outer.input("s", Role.DATA, TensorType.f32(3));
        Value rows = outer.input("rows", Role.DATA, TensorType.f32(4, 3));
        List<Value> results = outer.addAll(new Scan(inner.build(), 1, 1, true), List.of(s, rows));
        outer.output("s", Role.DATA, outer.plus(results.get(0), s));
        outer.output("all", Role.DATA, results.get(1));
        Builder b = new Builder("nested");
        Value start = b.input("start", Role.DATA, TensorType.f32(3));
        Value w = b.input("w", Role.PARAMETER, TensorType.f32(3));
        Value x3 = b.input("x", Role.DATA, TensorType.f32(2, 4, 3));
        List<Value> found = b.addAll(new Scan(outer.build(), 1, 1, false), List.of(b.times(start, w), x3));
        Value loss = b.plus(b.add(new Sum(List.of(0)), found.get(0)), b.add(new Sum(List.of(0, 1, 2)), found.get(1)));
        b.output("loss", Role.RESULT, b.add(new BatchSum(), loss));
        return Differentiate.gradients(Batch.batch(b.build(), BATCH), "loss", List.of("w"));
    }

    /// A number of steps that only the running program knows.
    private static Graph alongTheBatch() {
        Builder body = new Builder("running");
        Value sum = body.input("sum", Role.DATA, TensorType.f32(5));
        Value x = body.input("x", Role.DATA, TensorType.f32(5));
        Value next = body.plus(sum, x);
        body.output("sum", Role.DATA, next);
        body.output("sums", Role.DATA, next);
        Builder b = new Builder("along_the_batch");
        Value first = b.input("first", Role.PARAMETER, TensorType.f32(5));
        Value all = b.input("x", Role.DATA, TensorType.f32(5).withShape(Shape.of(5).prepend(BATCH)));
        List<Value> results = b.addAll(new Scan(body.build(), 1, 1, false), List.of(first, all));
        b.output("square", Role.DATA, b.times(results.get(1), results.get(1)));
        return b.build();
    }
}
