package nnet.compiler.loop;

import java.util.Optional;
import nnet.compiler.type.ElementType;

/// A formal buffer of a kernel. An argument is an array with an offset given by the call; scratch is private to a thread, of fixed size, and
/// holds nothing when an iteration of the parallel loop begins.
public record Buffer(int id, String name, ElementType element, Optional<Integer> scratchSize) {

    public boolean isScratch() {
        return scratchSize.isPresent();
    }

    /// Kept short, like that of a variable.
    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return name;
    }
}
