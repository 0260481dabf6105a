package nnet.runtime;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The memory of one program for a batch of at most a certain size. One thread uses it at a time; it is made once and used for many runs.
///
/// Kernels read the public fields directly. Arrays are found by the id of a storage; each belongs to one element type, the other tables hold null there
/// (`BOOL` lies in `i32`). Every array has at least 64 elements beyond its end. Storages of one slot share one array, those with a role of a flat buffer
/// (parameters, gradients, states) share that buffer.
public final class Workspace {

    /// Arithmetic operations below which threads cost more than they bring: waking and joining takes some microseconds.
    private static final long PARALLEL_COST = Long.getLong("nnet.parallel.cost", 200_000);

    /// Loops of calls inside one another, at most.
    private static final int DEEPEST_LOOP = 8;

    public final float[][] f32;
    public final double[][] f64;
    public final int[][] i32;
    /// Values of the symbols of the program, such as the size of the batch.
    public final int[] dims;
    /// Numbers of the steps that the loops of the program are at, the outermost first.
    public final int[] steps = new int[DEEPEST_LOOP];
    /// Scratch by worker.
    public final float[][] scratchF32;
    public final double[][] scratchF64;
    public final int[][] scratchI32;

    final Manifest.Program program;
    private final int[] capacity;
    private final Workers workers;
    private Buffers shared;
    private Kernels prepared;

    /// A workspace of a program whose only symbol, if any, is the size of the batch.
    Workspace(Manifest.Program program, Buffers shared, int batch, Workers workers) {
        this(program, shared, batchOnly(program, batch), workers);
    }

    private static int[] batchOnly(Manifest.Program program, int batch) {
        if (program.symbols().size() > 1) {
            throw new UnsupportedOperationException("dimensions bound at run time other than the batch: " + program.symbols());
        }
        int[] capacity = new int[program.symbols().size()];
        Arrays.fill(capacity, batch);
        return capacity;
    }

    /// @param capacity the largest value of each symbol, in their order
    Workspace(Manifest.Program program, Buffers shared, int[] capacity, Workers workers) {
        this.program = program;
        this.capacity = capacity.clone();
        this.workers = workers;
        int count = program.storages().size();
        f32 = new float[count][];
        f64 = new double[count][];
        i32 = new int[count][];
        dims = capacity.clone();
        scratchF32 = new float[workers.count()][0];
        scratchF64 = new double[workers.count()][0];
        scratchI32 = new int[workers.count()][0];
        allocate();
        bind(shared);
    }

    private void allocate() {
        List<Manifest.Storage> storages = program.storages();
        Map<Integer, Integer> slotSizes = new HashMap<>();
        for (Manifest.Storage storage : storages) {
            if (storage.slot().isPresent()) {
                int slot = storage.slot().get();
                slotSizes.put(slot, Math.max(elements(storage), slotSizes.getOrDefault(slot, 0)));
            }
        }
        Map<Integer, Object> slots = new HashMap<>();
        for (int id = 0; id < storages.size(); id++) {
            Manifest.Storage storage = storages.get(id);
            if (storage.slot().isPresent()) {
                int slot = storage.slot().get();
                if (!slots.containsKey(slot)) {
                    slots.put(slot, array(storage.element(), slotSizes.get(slot)));
                }
                put(id, slots.get(slot));
            } else if (storage.role().isPresent() && !isShared(storage)) {
                put(id, array(storage.element(), elements(storage)));
            }
        }
    }

    private static boolean isShared(Manifest.Storage storage) {
        return storage.role().isPresent() && switch (storage.role().get()) {
            case PARAMETER, GRADIENT, STATE, SETTLED, OPTIMIZER -> true;
            case DATA, CONTROL, RESULT -> false;
        };
    }

    private int elements(Manifest.Storage storage) {
        return storage.size().at(program.symbols(), capacity);
    }

    private static Object array(Element element, int size) {
        int length = Math.addExact(size, Buffers.SLACK);
        return switch (element) {
            case F32 -> new float[length];
            case F64 -> new double[length];
            case I32, BOOL -> new int[length];
        };
    }

    private void put(int id, Object array) {
        if (array instanceof float[] floats) {
            f32[id] = floats;
        } else if (array instanceof double[] doubles) {
            f64[id] = doubles;
        } else {
            i32[id] = (int[]) array;
        }
    }

    /// Lets the storages with roles of flat buffers be those of `buffers`. Costs nothing where they are already.
    void bind(Buffers buffers) {
        if (shared == buffers) {
            return;
        }
        shared = buffers;
        for (int id = 0; id < f32.length; id++) {
            Manifest.Storage storage = program.storages().get(id);
            if (isShared(storage)) {
                if (storage.element() != Element.F32) {
                    throw new IllegalArgumentException(
                            "the storage " + storage.name() + " is " + storage.element().text() + "; weights are f32");
                }
                f32[id] = switch (storage.role().get()) {
                    case PARAMETER -> buffers.parameters;
                    case GRADIENT -> buffers.gradients;
                    case STATE -> buffers.states;
                    case SETTLED -> buffers.settled.get(storage.name());
                    case OPTIMIZER -> buffers.optimizer.get(storage.name());
                    case DATA, CONTROL, RESULT -> throw new AssertionError(storage);
                };
            }
        }
    }

    /// The array of a control value; one that nobody reads where the program does without it.
    int[] control(String name, int length) {
        Optional<Integer> storage = program.find(Manifest.Role.CONTROL, name);
        return storage.isPresent() ? i32[storage.get()] : new int[length];
    }

    /// Whether a batch of this size fits.
    boolean holds(int batch) {
        return capacity.length == 0 || batch <= capacity[0];
    }

    /// The number of examples of the next run.
    void setBatch(int batch) {
        if (dims.length > 0) {
            dims[0] = batch;
        }
    }

    /// Makes the scratch that a class of kernels needs.
    void prepare(Kernels kernels) {
        if (prepared == kernels) {
            return;
        }
        prepared = kernels;
        for (int worker = 0; worker < scratchF32.length; worker++) {
            if (scratchF32[worker].length < kernels.scratchF32() + Buffers.SLACK) {
                scratchF32[worker] = new float[kernels.scratchF32() + Buffers.SLACK];
            }
            if (scratchF64[worker].length < kernels.scratchF64() + Buffers.SLACK) {
                scratchF64[worker] = new double[kernels.scratchF64() + Buffers.SLACK];
            }
            if (scratchI32[worker].length < kernels.scratchI32() + Buffers.SLACK) {
                scratchI32[worker] = new int[kernels.scratchI32() + Buffers.SLACK];
            }
        }
    }

    /// Whether the iterations of a call should go to several threads.
    ///
    /// @param extent number of iterations
    /// @param cost   arithmetic operations of one iteration
    public boolean pays(int extent, int cost) {
        return scratchF32.length > 1 && extent > 1 && (long) extent * cost >= PARALLEL_COST;
    }

    /// Runs iterations [0, extent) of a call, as parts on several threads, and returns when all are done.
    public void parallel(Kernels kernels, int programNumber, int call, int extent) {
        workers.run(kernels, programNumber, call, this, extent);
    }
}
