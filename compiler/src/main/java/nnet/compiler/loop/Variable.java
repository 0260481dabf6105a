package nnet.compiler.loop;

import nnet.compiler.type.ElementType;

/// A loop index, a local or a symbolic dimension of a kernel. `id` is unique within the kernel.
public record Variable(int id, String name, ElementType type) {

    /// Kept short: passes look up variables all the time.
    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return name + id;
    }
}
