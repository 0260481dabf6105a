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

    /// Rows of a batch that are shared go to threads in parts of this many, as weights are read once for each part; in parts of half as many where there would be fewer than threads.
    private static final int ROWS = 16;

    /// Loops of calls inside one another, at most.
    private static final int DEEPEST_LOOP = 8;

    public final float[][] f32;
    public final double[][] f64;
    public final int[][] i32;
    /// Values of the symbols of the program, such as the size of the batch; where rows are shared, how many of them this part has.
    public final int[] dims;
    /// The same of the whole program, which places in memory are counted by.
    public final int[] whole;
    /// The first of the rows.
    public int first;
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
    /// For each worker the part of the rows that it computes, once rows have been shared.
    private Workspace[] shares;

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
        whole = dims;
        scratchF32 = new float[workers.count()][0];
        scratchF64 = new double[workers.count()][0];
        scratchI32 = new int[workers.count()][0];
        allocate();
        bind(shared);
    }

    /// A part of the rows, for a thread alone.
    private Workspace(Workspace all) {
        program = all.program;
        capacity = all.capacity;
        workers = all.workers;
        f32 = all.f32;
        f64 = all.f64;
        i32 = all.i32;
        dims = all.dims.clone();
        whole = all.whole;
        scratchF32 = new float[1][];
        scratchF64 = new double[1][];
        scratchI32 = new int[1][];
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

    /// In how many parts the rows of a symbol should go to several threads; 1 where that does not pay, or where there would be fewer parts than threads.
    ///
    /// @param cost arithmetic operations for one row
    public int parts(int symbol, int cost) {
        int rows = dims[symbol];
        int size = rowsOfPart(rows);
        int parts = (rows + size - 1) / size;
        if (scratchF32.length == 1 || parts < scratchF32.length || (long) rows * cost < PARALLEL_COST) {
            return 1;
        }
        if (shares == null) {
            shares = new Workspace[scratchF32.length];
            for (int worker = 0; worker < shares.length; worker++) {
                shares[worker] = new Workspace(this);
            }
        }
        return parts;
    }

    private int rowsOfPart(int rows) {
        return rows >= ROWS * scratchF32.length ? ROWS : ROWS / 2;
    }

    /// The rows of parts [from, to), as a workspace of one thread.
    public Workspace rows(int worker, int symbol, int from, int to) {
        Workspace part = shares[worker];
        System.arraycopy(dims, 0, part.dims, 0, dims.length);
        int size = rowsOfPart(dims[symbol]);
        part.first = from * size;
        part.dims[symbol] = Math.min(dims[symbol], to * size) - part.first;
        System.arraycopy(steps, 0, part.steps, 0, steps.length);
        part.scratchF32[0] = scratchF32[worker];
        part.scratchF64[0] = scratchF64[worker];
        part.scratchI32[0] = scratchI32[worker];
        return part;
    }

    /// Runs iterations [0, extent) of a call, as parts on several threads, and returns when all are done.
    public void parallel(Kernels kernels, int programNumber, int call, int extent) {
        workers.run(kernels, programNumber, call, this, extent);
    }
}
