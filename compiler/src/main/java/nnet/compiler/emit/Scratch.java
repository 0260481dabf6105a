package nnet.compiler.emit;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Kernel;
import nnet.compiler.type.ElementType;

/// Where the scratch buffers of a kernel lie in the scratch arrays of a thread: one array for each element type, buffers one after the other, each
/// with slack behind it because vectors may load past an end. In front lies a little room of the emitter's own.
final class Scratch {

    /// Elements that vectors may load past the end of a buffer.
    private static final int SLACK = 64;
    private static final Map<ElementType, Buffer> ROOMS = Map.of(ElementType.F32, room(-1, ElementType.F32), ElementType.F64,
            room(-2, ElementType.F64), ElementType.I32, room(-3, ElementType.I32));

    private final Map<Buffer, Integer> offsets = new HashMap<>();
    private final Map<ElementType, Integer> sizes = new EnumMap<>(ElementType.class);

    Scratch(Kernel kernel) {
        Uses uses = Uses.of(kernel.body());
        ROOMS.values().stream().filter(uses.buffers::contains).forEach(this::place);
        kernel.buffers().stream().filter(Buffer::isScratch).forEach(this::place);
    }

    private static Buffer room(int id, ElementType element) {
        return new Buffer(id, "room", element, Optional.of(SLACK));
    }

    /// The emitter's own: for the lanes of a reduction, and for a vector of which only a part is to be stored.
    static Buffer room(ElementType element) {
        return ROOMS.get(stored(element));
    }

    /// The type in whose arrays elements lie.
    static ElementType stored(ElementType element) {
        return element == ElementType.BOOL ? ElementType.I32 : element;
    }

    private void place(Buffer buffer) {
        ElementType element = stored(buffer.element());
        int offset = size(element);
        offsets.put(buffer, offset);
        sizes.put(element, offset + (buffer.scratchSize().orElseThrow() + 2 * SLACK - 1) / SLACK * SLACK);
    }

    /// Elements of a type that a thread needs.
    int size(ElementType element) {
        return sizes.getOrDefault(element, 0);
    }

    List<ElementType> elements() {
        return List.copyOf(sizes.keySet());
    }

    Map<Buffer, Integer> offsets() {
        return offsets;
    }
}
