package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.LoopProgram.Access;
import nnet.compiler.loop.LoopProgram.Argument;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;

/// The buffers of a kernel under construction, by the value that each holds. A value that is updated in place has two: what was, and what will be.
final class Formals {

    private final Map<Value, Buffer> buffers = new LinkedHashMap<>();
    private final Map<Value, Access> accesses = new LinkedHashMap<>();
    private final List<Buffer> all = new ArrayList<>();

    Buffer read(Value value) {
        accesses.merge(value, Access.READ, (old, _) -> old == Access.READ ? old : Access.READ_WRITE);
        return buffer(value);
    }

    Buffer write(Value value) {
        accesses.merge(value, Access.WRITE, (old, _) -> old == Access.WRITE ? old : Access.READ_WRITE);
        return buffer(value);
    }

    private Buffer buffer(Value value) {
        return buffers.computeIfAbsent(value, _ -> add("a", value.type().element(), Optional.empty()));
    }

    /// Whether some value of a shape is read.
    boolean reads(Shape shape) {
        return accesses.entrySet().stream().anyMatch(read -> read.getValue() != Access.WRITE && read.getKey().shape().equals(shape));
    }

    Buffer scratch(ElementType element, int size) {
        return add("s", element, Optional.of(size));
    }

    private Buffer add(String name, ElementType element, Optional<Integer> scratch) {
        Buffer buffer = new Buffer(all.size(), name + all.size(), element, scratch);
        all.add(buffer);
        return buffer;
    }

    List<Buffer> all() {
        return List.copyOf(all);
    }

    List<Argument> arguments(Map<Value, Home> homes) {
        List<Argument> result = new ArrayList<>();
        buffers.forEach((value, _) -> result.add(homes.get(value).argument(accesses.get(value))));
        return result;
    }
}
