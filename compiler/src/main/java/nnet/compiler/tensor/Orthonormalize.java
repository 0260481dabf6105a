package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// A matrix `[r, c]` with orthonormal columns (r >= c) or rows (r < c) from a matrix of full rank: Gram-Schmidt, twice. No derivative.
public record Orthonormalize() implements Op {

    @Override
    public String mnemonic() {
        return "orthonormalize";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType operand = Require.one(this, operands);
        Require.floating(this, operands);
        Require.that(operand.rank() == 2 && operand.shape().isFixed(), this, operands);
        return List.of(operand);
    }

    /// It makes initial values, which no example changes.
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        throw new UnsupportedOperationException("orthonormalize over a batch");
    }

    /// It makes initial values, through which no gradient flows.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        throw new UnsupportedOperationException("orthonormalize has no derivative");
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        int rows = operands.getFirst().sizes()[0];
        int columns = operands.getFirst().sizes()[1];
        Tensor result = new Tensor(results.getFirst(), operands.getFirst().data().clone());
        int vectors = Math.min(rows, columns);
        int length = Math.max(rows, columns);
        int step = rows >= columns ? columns : 1; // from element to element of a vector
        int next = rows >= columns ? 1 : columns; // from vector to vector
        for (int v = 0; v < vectors; v++) {
            // The second time removes what rounding left of the others (Giraud, Langou, Rozloznik 2005: twice is enough).
            for (int w = 0; w < 2 * v; w++) {
                subtractProjection(result.data(), v * next, w % v * next, step, length);
            }
            scale(result.data(), v * next, step, length);
        }
        return List.of(result);
    }

    private static void subtractProjection(double[] data, int vector, int unit, int step, int length) {
        double product = dot(data, vector, unit, step, length);
        for (int i = 0; i < length; i++) {
            data[vector + i * step] -= product * data[unit + i * step];
        }
    }

    private static void scale(double[] data, int vector, int step, int length) {
        double norm = Math.sqrt(dot(data, vector, vector, step, length));
        for (int i = 0; i < length; i++) {
            data[vector + i * step] /= norm;
        }
    }

    private static double dot(double[] data, int a, int b, int step, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += data[a + i * step] * data[b + i * step];
        }
        return sum;
    }
}
