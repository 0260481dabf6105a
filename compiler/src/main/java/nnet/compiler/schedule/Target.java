package nnet.compiler.schedule;

import java.util.List;

/// A kind of machine that kernels are scheduled for. It chooses tiles; it never changes a bit of any result.
///
/// @param name      the suffix of the kernel class
/// @param lanes     floats in one machine vector; 1 means scalar code
/// @param registers vector registers
public record Target(String name, int lanes, int registers) {

    public static final Target SCALAR = new Target("Scalar", 1, 16);
    public static final Target VECTOR128 = new Target("Vector128", 4, 32);
    public static final Target VECTOR256 = new Target("Vector256", 8, 16);
    public static final Target VECTOR512 = new Target("Vector512", 16, 32);

    /// Every kind of machine, so that one jar serves all.
    public static List<Target> all() {
        return List.of(SCALAR, VECTOR128, VECTOR256, VECTOR512);
    }
}
