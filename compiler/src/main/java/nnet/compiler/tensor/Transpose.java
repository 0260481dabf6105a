package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Axis i of the result is axis `permutation[i]` of the operand.
public record Transpose(List<Integer> permutation) implements Op {

    public Transpose {
        permutation = List.copyOf(permutation);
    }

    @Override
    public String mnemonic() {
        return "transpose";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType operand = Require.one(this, operands);
        Require.that(permutation.stream().sorted().toList().equals(IntStream.range(0, operand.rank()).boxed().toList()), this, operands);
        return List.of(operand.withShape(new Shape(permutation.stream().map(operand.shape()::dim).toList())));
    }

    /// the batch stays in front
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        List<Integer> shifted = Stream.concat(Stream.of(0), permutation.stream().map(axis -> axis + 1)).toList();
        return builder.addAll(new Transpose(shifted), operands);
    }

    /// back by the inverse permutation
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        return List.of(Optional.of(builder.add(new Transpose(inverse()), dy)));
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        Tensor operand = operands.getFirst();
        Tensor result = Tensor.zeros(results.getFirst());
        int[] strides = Index.strides(result.sizes());
        int[] operandStrides = Index.strides(operand.sizes());
        Index.forEach(result.sizes(), index -> {
            int from = 0;
            for (int i = 0; i < index.length; i++) {
                from += index[i] * operandStrides[permutation.get(i)];
            }
            result.data()[Index.flat(index, strides)] = operand.data()[from];
        });
        return List.of(result);
    }

    /// The permutation that undoes this one.
    public List<Integer> inverse() {
        return IntStream.range(0, permutation.size()).mapToObj(permutation::indexOf).toList();
    }
}
