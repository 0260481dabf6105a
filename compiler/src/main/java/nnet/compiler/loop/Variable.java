package nnet.compiler.loop;

import nnet.compiler.type.ElementType;

/// A loop index, a local or a symbolic dimension of a kernel. `id` is unique within the kernel.
public record Variable(int id, String name, ElementType type) {

    @Override
    public String toString() {
        return name + id;
    }
}
