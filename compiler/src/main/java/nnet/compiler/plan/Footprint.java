package nnet.compiler.plan;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.plan.Plan.Lifetime;
import nnet.compiler.type.ElementType;

/// What the intermediate tensors of a planned program take, in bytes.
///
/// @param planned  all slots together
/// @param separate every intermediate in memory of its own
/// @param alive    the most that is alive at one time: no plan can take less
public record Footprint(long planned, long separate, long alive) {

    /// With the same size for every symbol: the batch.
    public static Footprint of(LoopProgram program, int batch) {
        return of(program, program.symbols().stream().collect(Collectors.toMap(symbol -> symbol, _ -> batch)));
    }

    public static Footprint of(LoopProgram program, Map<String, Integer> symbols) {
        Map<Integer, Lifetime> lifetimes = Plan.lifetimes(program);
        List<Storage> intermediates = program.storages().stream()
                .filter(storage -> storage.role().isEmpty() && lifetimes.containsKey(storage.id()))
                .toList();
        long planned = Plan.slots(program).stream().mapToLong(slot -> bytes(slot.element(), slot.size(symbols))).sum();
        long alive = IntStream.range(0, program.calls().size())
                .mapToLong(call -> bytes(
                        intermediates.stream().filter(s -> lifetimes.get(s.id()).overlaps(new Lifetime(call, call))).toList(), symbols))
                .max()
                .orElse(0);
        return new Footprint(planned, bytes(intermediates, symbols), alive);
    }

    private static long bytes(List<Storage> storages, Map<String, Integer> symbols) {
        return storages.stream().mapToLong(storage -> bytes(storage.element(), storage.size().size(symbols))).sum();
    }

    private static long bytes(ElementType element, long count) {
        return switch (element) {
            case F64 -> 8 * count;
            case F32, I32, BOOL -> 4 * count;
        };
    }
}
