package nnet.compiler.lower;

import static nnet.compiler.loop.Expr.add;
import static nnet.compiler.loop.Expr.i32;

import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.tensor.RandomUniform;
import nnet.compiler.type.ElementType;

/// Threefry-2x32 with 20 rounds as integer arithmetic that runs in vectors; see `RandomUniform` for its definition and source.
final class Threefry {

    private static final int ROUNDS = 20;
    private static final int STEP = 0x9E3779B9;

    private Threefry() {}

    /// A uniform number in [0, 1) as a multiple of 2^-24, from the counter (element, site) under the key (seed low ^ step * golden ratio, seed high).
    static Expr uniform(Nest nest, Expr seedLow, Expr seedHigh, Expr step, Expr element, int site, ElementType type) {
        Expr key0 = nest.let("key", xor(seedLow, Expr.multiply(step, i32(STEP))));
        Expr[] keys = {key0, seedHigh, nest.let("key", xor(xor(key0, seedHigh), i32(RandomUniform.PARITY)))};
        Expr x0 = nest.let("x", add(element, keys[0]));
        Expr x1 = nest.let("x", add(i32(site), keys[1]));
        for (int round = 0; round < ROUNDS; round++) {
            x0 = nest.let("x", add(x0, x1));
            x1 = nest.let("x", xor(new Binary(BinaryOp.ROTATE_LEFT, x1, i32(RandomUniform.ROTATIONS.get(round % 8))), x0));
            if (round % 4 == 3) {
                int injection = round / 4 + 1;
                x0 = nest.let("x", add(x0, keys[injection % 3]));
                x1 = nest.let("x", add(x1, nest.let("key", add(keys[(injection + 1) % 3], i32(injection)))));
            }
        }
        Expr bits = nest.let("bits", new Binary(BinaryOp.SHIFT_RIGHT, x0, i32(8)));
        return nest.let("u", Expr.multiply(new Expr.Convert(type, bits), new Expr.Literal(type, 0x1p-24)));
    }

    private static Expr xor(Expr left, Expr right) {
        return new Binary(BinaryOp.XOR, left, right);
    }
}
