package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// updates `[B..., I..., R...]`, indices `i32[B..., I...]` gives `[B..., size, R...]`: what a gather pulls back to. Adds in ascending order of I.
public record ScatterAdd(int batchAxes, Dim size) implements Op {

    @Override
    public String mnemonic() {
        return "scatter_add";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        throw new UnsupportedOperationException("scatter_add");
    }

    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        throw new UnsupportedOperationException("scatter_add");
    }

    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        throw new UnsupportedOperationException("scatter_add");
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        throw new UnsupportedOperationException("scatter_add");
    }
}
