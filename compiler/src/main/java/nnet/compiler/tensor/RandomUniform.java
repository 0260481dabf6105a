package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Uniform in [0, 1), multiples of 2^-24, from key `i32[3]` (seed low, seed high, step). Threefry-2x32, 20 rounds: counter (element, site), key (seed low ^ step * 0x9E3779B9, seed high);
/// element is the row-major index; the first output word, shifted right by 8, times 2^-24. Batching adds the batch axis in front of the shape.
///
/// Threefry: Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3 (SC 2011), section 4.2.
public record RandomUniform(Shape shape, int site) implements Op {

    @Override
    public String mnemonic() {
        return "random_uniform";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType key = Require.one(this, operands);
        Require.that(key.equals(new TensorType(ElementType.I32, Shape.of(3))), this, operands);
        return List.of(new TensorType(ElementType.F32, shape));
    }

    /// Every example has numbers of its own: element (example, i) is number example * size + i. The key is the same for all.
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        return builder.addAll(new RandomUniform(shape.prepend(batch), site), operands);
    }

    /// Chance has no slope.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        return List.of(Optional.empty());
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        double[] key = operands.getFirst().data();
        Tensor result = Tensor.zeros(results.getFirst());
        for (int i = 0; i < result.data().length; i++) {
            int[] words = threefry(i, site, (int) key[0] ^ (int) key[2] * 0x9E3779B9, (int) key[1]);
            result.data()[i] = (words[0] >>> 8) * 0x1p-24;
        }
        return List.of(result);
    }

    /// The rotations of the eight rounds that repeat (table 2 of the paper).
    public static final List<Integer> ROTATIONS = List.of(13, 15, 26, 6, 17, 29, 16, 24);

    /// The constant that makes the third word of the key schedule.
    public static final int PARITY = 0x1BD11BDA;

    /// Threefry-2x32 with 20 rounds: counter (c0, c1), key (k0, k1).
    static int[] threefry(int c0, int c1, int k0, int k1) {
        int[] schedule = {k0, k1, PARITY ^ k0 ^ k1};
        int x0 = c0 + k0;
        int x1 = c1 + k1;
        for (int round = 0; round < 20; round++) {
            x0 += x1;
            x1 = Integer.rotateLeft(x1, ROTATIONS.get(round % 8)) ^ x0;
            if (round % 4 == 3) {
                int injection = round / 4 + 1;
                x0 += schedule[injection % 3];
                x1 += schedule[(injection + 1) % 3] + injection;
            }
        }
        return new int[]{x0, x1};
    }
}
