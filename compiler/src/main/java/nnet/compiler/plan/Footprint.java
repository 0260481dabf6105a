package nnet.compiler.plan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.Storage;
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
        List<Storage> intermediates = program.storages().stream().filter(storage -> storage.position().isPresent()).toList();
        Map<Integer, Long> slots = new HashMap<>();
        for (Storage storage : intermediates) {
            LoopProgram.Position position = storage.position().get();
            slots.merge(position.slot(), bytes(storage.element(), position.reach(storage.size()).size(symbols)), Math::max);
        }
        long separate = intermediates.stream().mapToLong(storage -> bytes(storage.element(), storage.size().size(symbols))).sum();
        return new Footprint(slots.values().stream().mapToLong(bytes -> bytes).sum(), separate, alive(program, intermediates, symbols));
    }

    private static long alive(LoopProgram program, List<Storage> intermediates, Map<String, Integer> symbols) {
        Map<Integer, Lifetime> lifetimes = Lifetime.of(program);
        long[] alive = new long[program.calls().size()];
        for (Storage storage : intermediates) {
            long bytes = bytes(storage.element(), storage.size().size(symbols));
            Lifetime lifetime = lifetimes.get(storage.id());
            for (int call = lifetime.first(); call <= lifetime.last(); call++) {
                alive[call] += bytes;
            }
        }
        return Arrays.stream(alive).max().orElse(0);
    }

    private static long bytes(ElementType element, long count) {
        return switch (element) {
            case F64 -> 8 * count;
            case F32, I32, BOOL -> 4 * count;
        };
    }
}
