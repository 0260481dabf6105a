package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// natural logarithm
public record Log() implements Elementwise {

    @Override
    public String mnemonic() {
        return "log";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        throw new UnsupportedOperationException("log");
    }

    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        throw new UnsupportedOperationException("log");
    }

    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        throw new UnsupportedOperationException("log");
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        throw new UnsupportedOperationException("log");
    }

    @Override
    public double scalar(double... operands) {
        throw new UnsupportedOperationException("log");
    }

    @Override
    public Expr loop(List<Expr> operands) {
        throw new UnsupportedOperationException("log");
    }
}
