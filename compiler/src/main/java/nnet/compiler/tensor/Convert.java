package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// the same values in another element type: int to float rounds to nearest, float to int truncates, bool is 0 or 1
public record Convert(ElementType element) implements Elementwise {

    @Override
    public String mnemonic() {
        return "convert";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        throw new UnsupportedOperationException("convert");
    }

    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        throw new UnsupportedOperationException("convert");
    }

    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        throw new UnsupportedOperationException("convert");
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        throw new UnsupportedOperationException("convert");
    }

    @Override
    public double scalar(double... operands) {
        throw new UnsupportedOperationException("convert");
    }

    @Override
    public Expr loop(List<Expr> operands) {
        throw new UnsupportedOperationException("convert");
    }
}
