package nnet.compiler.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// updates `[B..., I..., R...]`, indices `i32[B..., I...]` gives `[B..., size, R...]`: what a gather pulls back to. Adds in ascending order of I; an index
/// outside 0..size-1 is clamped, as a gather does.
public record ScatterAdd(int batchAxes, Dim size) implements Op {

    @Override
    public String mnemonic() {
        return "scatter_add";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Require.count(2, this, operands);
        Shape updates = operands.get(0).shape();
        Shape indices = operands.get(1).shape();
        Require.that(operands.get(1).element() == ElementType.I32 && indices.rank() >= batchAxes && updates.rank() >= indices.rank(), this,
                operands);
        Require.that(updates.dims().subList(0, indices.rank()).equals(indices.dims()), this, operands);
        List<Dim> dims = new ArrayList<>(updates.dims().subList(0, batchAxes));
        dims.add(size);
        dims.addAll(updates.dims().subList(indices.rank(), updates.rank()));
        return List.of(operands.get(0).withShape(new Shape(dims)));
    }

    /// one batch axis more
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        return builder.addAll(new ScatterAdd(batchAxes + 1, size), builder.allBatched(batch, operands, batched));
    }

    /// Each update went to one place and gets its cotangent from there.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        return List.of(Optional.of(builder.add(new Gather(batchAxes), dy, equation.operands().get(1))), Optional.empty());
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        Tensor updates = operands.get(0);
        Tensor result = Tensor.zeros(results.getFirst());
        Places places = new Places(operands.get(1), batchAxes, result.sizes());
        for (int i = 0; i < updates.data().length; i++) {
            result.data()[places.of(i)] += updates.data()[i];
        }
        return List.of(result);
    }
}
