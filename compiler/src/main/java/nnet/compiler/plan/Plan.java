package nnet.compiler.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.Access;
import nnet.compiler.loop.LoopProgram.Argument;
import nnet.compiler.loop.LoopProgram.Command;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.LoopProgram.Repeat;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// Gives every intermediate storage a slot, so that storages which are never needed at the same time share memory.
///
/// The largest storage is placed first; each goes to the first slot of its element type in which no other storage is alive at the same time, or opens a new one
/// (greedy by size: Y. Pisarchyk and J. Lee, *Efficient Memory Management for Deep Neural Net Inference*, 2020). Sizes are compared with every symbol at
/// `NOMINAL`. Only the order of calls and the sizes decide, never a target, so all forms of a program have one plan.
public final class Plan {

    /// The size at which storages with symbolic dimensions are compared: a usual batch.
    public static final int NOMINAL = 64;

    private Plan() {
    }

    /// One array of a workspace.
    ///
    /// @param sizes the distinct sizes that it must be able to hold; it is as large as the largest for the symbols at hand
    public record Slot(int number, ElementType element, List<Dim> sizes) {

        public Slot {
            sizes = List.copyOf(sizes);
        }

        public int size(Map<String, Integer> symbols) {
            return sizes.stream().mapToInt(dim -> dim.size(symbols)).max().orElse(0);
        }
    }

    /// The calls, first and last, between which a storage holds something that is needed.
    record Lifetime(int first, int last) {

        boolean overlaps(Lifetime other) {
            return first <= other.last && other.first <= last;
        }

        Lifetime and(Lifetime other) {
            return new Lifetime(Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    /// The same program with a slot for every storage that has no role. Storages that nothing uses get none.
    public static LoopProgram plan(LoopProgram program) {
        Map<Integer, Integer> slots = slotOfStorage(program);
        Map<Integer, Storage> planned = new HashMap<>();
        for (Storage s : program.storages()) {
            planned.put(s.id(), new Storage(s.id(), s.name(), s.element(), s.size(), s.role(), Optional.ofNullable(slots.get(s.id()))));
        }
        LoopProgram moved = program.mapCalls(call -> new KernelCall(call.kernel(), call.arguments().stream()
                .map(argument -> new Argument(planned.get(argument.storage().id()), argument.offset(), argument.access()))
                .toList(), call.span()));
        return new LoopProgram(program.name(), program.symbols(), program.storages().stream().map(s -> planned.get(s.id())).toList(),
                moved.commands());
    }

    /// The slots of a planned program, by number.
    public static List<Slot> slots(LoopProgram program) {
        Map<Integer, List<Storage>> residents = new TreeMap<>();
        program.storages()
                .forEach(storage -> storage.slot().ifPresent(slot -> residents.computeIfAbsent(slot, _ -> new ArrayList<>()).add(storage)));
        return residents.entrySet().stream()
                .map(e -> new Slot(e.getKey(), e.getValue().getFirst().element(),
                        e.getValue().stream().map(Storage::size).distinct().toList()))
                .toList();
    }

    private static Map<Integer, Integer> slotOfStorage(LoopProgram program) {
        Map<Integer, Lifetime> lifetimes = lifetimes(program);
        Map<String, Integer> nominal = nominal(program);
        List<Storage> largestFirst = program.storages().stream()
                .filter(storage -> storage.role().isEmpty() && lifetimes.containsKey(storage.id()))
                .sorted(Comparator.comparingInt((Storage storage) -> -storage.size().size(nominal)).thenComparingInt(Storage::id))
                .toList();
        List<List<Storage>> slots = new ArrayList<>();
        Map<Integer, Integer> result = new HashMap<>();
        for (Storage storage : largestFirst) {
            int slot = 0;
            while (slot < slots.size() && !fits(storage, slots.get(slot), lifetimes)) {
                slot++;
            }
            if (slot == slots.size()) {
                slots.add(new ArrayList<>());
            }
            slots.get(slot).add(storage);
            result.put(storage.id(), slot);
        }
        return result;
    }

    private static boolean fits(Storage storage, List<Storage> residents, Map<Integer, Lifetime> lifetimes) {
        Lifetime lifetime = lifetimes.get(storage.id());
        return residents.getFirst().element() == storage.element()
                && residents.stream().noneMatch(resident -> lifetimes.get(resident.id()).overlaps(lifetime));
    }

    /// By storage. From the first call that touches it to the last: a call may read and write its arguments in any order, so the result of a call never
    /// shares memory with its operands. What a loop does not make anew in each of its turns lives through all of them.
    static Map<Integer, Lifetime> lifetimes(LoopProgram program) {
        Map<Integer, Lifetime> lifetimes = new HashMap<>();
        alive(program.commands(), 0, lifetimes);
        return lifetimes;
    }

    /// Adds the lifetimes of what commands touch, the first call of which has the number `first`; returns the number behind the last.
    private static int alive(List<Command> commands, int first, Map<Integer, Lifetime> lifetimes) {
        int next = first;
        for (Command command : commands) {
            switch (command) {
                case KernelCall call -> {
                    Lifetime now = new Lifetime(next, next);
                    call.arguments().forEach(argument -> lifetimes.merge(argument.storage().id(), now, Lifetime::and));
                    next++;
                }
                case Repeat repeat -> {
                    Map<Integer, Lifetime> inside = new HashMap<>();
                    int end = alive(repeat.body(), next, inside);
                    Lifetime all = new Lifetime(next, end - 1);
                    Set<Integer> fresh = fresh(repeat);
                    inside.forEach(
                            (storage, lifetime) -> lifetimes.merge(storage, fresh.contains(storage) ? lifetime : all, Lifetime::and));
                    next = end;
                }
            }
        }
        return next;
    }

    /// Storages that each turn of a loop writes as a whole before it reads them, at one place for all turns.
    private static Set<Integer> fresh(Repeat repeat) {
        Set<Integer> seen = new HashSet<>();
        Set<Integer> fresh = new HashSet<>();
        LoopProgram.calls(repeat).flatMap(call -> call.arguments().stream()).forEach(argument -> {
            int storage = argument.storage().id();
            if (!argument.offset().terms().isEmpty()) {
                fresh.remove(storage);
            } else if (seen.add(storage) && argument.access() == Access.WRITE) {
                fresh.add(storage);
            }
            seen.add(storage);
        });
        return fresh;
    }

    static Map<String, Integer> nominal(LoopProgram program) {
        Map<String, Integer> symbols = new HashMap<>();
        program.symbols().forEach(symbol -> symbols.put(symbol, NOMINAL));
        return symbols;
    }
}
