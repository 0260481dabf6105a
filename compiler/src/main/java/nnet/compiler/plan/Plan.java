package nnet.compiler.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.Argument;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.LoopProgram.Position;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// Gives every intermediate storage a position in a slot, so that storages which are never needed at the same time share memory.
///
/// Storages of one kind (one element type, the same symbols in their size) share slots. Their sizes and positions are multiples of the same number, so a plan
/// is good for every batch. The largest storage is placed first, each into the smallest gap that is free while it is alive (greedy by size for offsets:
/// Y. Pisarchyk and J. Lee, *Efficient Memory Management for Deep Neural Net Inference*, 2020, section 5). Only the order of calls and the sizes decide, never
/// a target, so all forms of a program have one plan.
public final class Plan {

    /// Elements of a slot at size 1 of every symbol, at most. A Java array has less than 2^31 elements, so this leaves room for a batch of 512.
    private static final int LARGEST_SLOT = 1 << 22;

    private final Map<Integer, Lifetime> lifetimes;
    private final Map<Integer, Position> positions = new HashMap<>();
    private int slots;

    /// Storages that may lie in one slot.
    private record Kind(ElementType element, List<String> symbols) {
    }

    private Plan(LoopProgram program) {
        lifetimes = Lifetime.of(program);
    }

    /// The same program with a position for every storage that has no role. Storages that nothing uses get none.
    public static LoopProgram plan(LoopProgram program) {
        Plan plan = new Plan(program);
        Map<Kind, List<Storage>> kinds = new LinkedHashMap<>();
        program.storages().stream().filter(storage -> storage.role().isEmpty() && plan.lifetimes.containsKey(storage.id()))
                .forEach(storage -> kinds.computeIfAbsent(new Kind(storage.element(), storage.size().symbols()), _ -> new ArrayList<>())
                        .add(storage));
        kinds.values().forEach(plan::place);
        return plan.apply(program);
    }

    /// Gives positions to storages of one kind.
    private void place(List<Storage> storages) {
        List<Slot> open = new ArrayList<>();
        storages.stream().sorted(Comparator.comparingInt((Storage storage) -> -storage.size().factor()).thenComparingInt(Storage::id))
                .forEach(storage -> positions.put(storage.id(), place(storage, open)));
        slots += open.size();
    }

    /// In the first of the open slots that has room, or in a new one.
    private Position place(Storage storage, List<Slot> open) {
        Dim size = storage.size();
        Lifetime lifetime = lifetimes.get(storage.id());
        for (int slot = 0;; slot++) {
            if (slot == open.size()) {
                open.add(new Slot(LARGEST_SLOT));
            }
            OptionalInt from = open.get(slot).place(size.factor(), lifetime);
            if (from.isPresent()) {
                open.get(slot).add(from.getAsInt(), size.factor(), lifetime);
                return new Position(slots + slot, new Dim(from.getAsInt(), size.symbols()));
            }
        }
    }

    private LoopProgram apply(LoopProgram program) {
        Map<Integer, Storage> planned = new HashMap<>();
        for (Storage s : program.storages()) {
            planned.put(s.id(), new Storage(s.id(), s.name(), s.element(), s.size(), s.role(), Optional.ofNullable(positions.get(s.id()))));
        }
        LoopProgram moved = program.mapCalls(call -> new KernelCall(call.kernel(), call.arguments().stream()
                .map(argument -> new Argument(planned.get(argument.storage().id()), argument.offset(), argument.access()))
                .toList(), call.span()));
        return new LoopProgram(program.name(), program.symbols(), program.storages().stream().map(s -> planned.get(s.id())).toList(),
                moved.commands());
    }
}
