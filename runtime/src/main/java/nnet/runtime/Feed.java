package nnet.runtime;

import java.util.List;

/// An input or target of the gradient program: the array that kernels read it from.
final class Feed {

    final Manifest.Port port;
    private final int storage;
    private final int size;
    private float[] floats;
    private int[] ints;

    Feed(Manifest.Program program, Manifest.Port port) {
        this.port = port;
        storage = program.find(Manifest.Role.DATA, port.name()).orElse(-1);
        size = port.size();
    }

    static Feed[] of(Manifest.Program program, List<Manifest.Port> ports) {
        Feed[] feeds = new Feed[ports.size()];
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = new Feed(program, ports.get(i));
        }
        return feeds;
    }

    /// Uses the arrays of a workspace.
    void attach(Workspace workspace, int batch) {
        boolean real = port.element() == Element.F32;
        // A program may have no use for one of its inputs; what is put there then goes nowhere.
        floats = !real ? null : storage < 0 ? new float[batch * size] : workspace.f32[storage];
        ints = real ? null : storage < 0 ? new int[batch * size] : workspace.i32[storage];
    }

    void put(float[] values, int batch) {
        if (floats == null) {
            throw new IllegalArgumentException("'" + port.name() + "' is " + port.element().text() + " and does not take float[]");
        }
        checkLength(values.length, batch);
        System.arraycopy(values, 0, floats, 0, batch * size);
    }

    void put(int[] values, int batch) {
        if (ints == null) {
            throw new IllegalArgumentException("'" + port.name() + "' is " + port.element().text() + " and does not take int[]");
        }
        checkLength(values.length, batch);
        System.arraycopy(values, 0, ints, 0, batch * size);
    }

    /// Records of the network's own class.
    void put(NetworkCode code, int input, Record[] rows, int batch) {
        if (port.fields().isEmpty()) {
            throw new IllegalArgumentException("'" + port.name() + "' is no record");
        }
        checkLength(rows.length * size, batch);
        for (int i = 0; i < batch; i++) {
            code.put(input, rows[i], floats, i * size);
        }
    }

    /// Constants of an enum of the network's own.
    void put(Enum<?>[] values, int batch) {
        if (ints == null || port.members().isEmpty()) {
            throw new IllegalArgumentException("'" + port.name() + "' is no enum");
        }
        checkLength(values.length, batch);
        for (int i = 0; i < batch; i++) {
            ints[i] = values[i].ordinal();
        }
    }

    private void checkLength(int length, int batch) {
        if (length < (long) batch * size) {
            throw new IllegalArgumentException("'" + port.name() + "' takes " + size + " values for each example; an array of " + length
                    + " is too short for " + batch);
        }
    }

    /// Throws if a category does not exist: a kernel would look outside of a table.
    void check(int batch) {
        if (ints != null) {
            Categories.check(port, ints, 0, batch * size);
        }
    }

    float[] floats() {
        if (floats == null) {
            throw new IllegalArgumentException("'" + port.name() + "' is " + port.element().text() + ", not f32");
        }
        return floats;
    }

    int[] ints() {
        if (ints == null) {
            throw new IllegalArgumentException("'" + port.name() + "' is f32");
        }
        return ints;
    }
}
