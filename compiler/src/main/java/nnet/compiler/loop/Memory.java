package nnet.compiler.loop;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.type.ElementType;

/// The storages of a program as arrays, for the interpreter. Storages with one role and name share an array, and so do those of one slot.
/// Fresh memory holds rubbish that is easy to recognise, so that a read before the first write shows.
public final class Memory {

    private static final int RUBBISH = 0x7FC0DEAD;

    private final Map<Object, Object> arrays = new HashMap<>();
    private final Map<String, Integer> symbols;

    private Memory(Map<String, Integer> symbols) {
        this.symbols = Map.copyOf(symbols);
    }

    /// Memory for one run of a program with the given sizes of its symbols.
    public static Memory of(LoopProgram program, Map<String, Integer> symbols) {
        Memory memory = new Memory(symbols);
        Map<Object, Integer> sizes = new HashMap<>();
        program.storages().forEach(storage -> sizes.merge(place(storage), memory.reach(storage), Math::max));
        program.storages()
                .forEach(storage -> memory.arrays.computeIfAbsent(place(storage), place -> rubbish(storage.element(), sizes.get(place))));
        return memory;
    }

    public Map<String, Integer> symbols() {
        return symbols;
    }

    public int size(Storage storage) {
        return storage.size().size(symbols);
    }

    /// How far it reaches into its array.
    private int reach(Storage storage) {
        return storage.position().map(position -> position.reach(storage.size())).orElse(storage.size()).size(symbols);
    }

    public float[] f32(Storage storage) {
        return (float[]) array(storage);
    }

    public double[] f64(Storage storage) {
        return (double[]) array(storage);
    }

    /// Integers, and booleans as 0 and 1.
    public int[] i32(Storage storage) {
        return (int[]) array(storage);
    }

    /// The array behind a storage: at least as long as the storage.
    public Object array(Storage storage) {
        return arrays.get(place(storage));
    }

    static Object rubbish(ElementType element, int size) {
        return switch (element) {
            case F32 -> {
                float[] array = new float[size];
                Arrays.fill(array, Float.intBitsToFloat(RUBBISH));
                yield array;
            }
            case F64 -> {
                double[] array = new double[size];
                Arrays.fill(array, Double.NaN);
                yield array;
            }
            case I32, BOOL -> {
                int[] array = new int[size];
                Arrays.fill(array, RUBBISH);
                yield array;
            }
        };
    }

    private record Outside(Object role, String name) {
    }

    private record Slot(int number) {
    }

    private static Object place(Storage storage) {
        return storage.role().<Object>map(role -> new Outside(role, storage.name()))
                .or(() -> storage.position().map(position -> new Slot(position.slot())))
                .orElse(storage);
    }
}
