package nnet.runtime;

import java.util.List;

/// An input or target of the gradient program: the array that kernels read it from. Where there are forms for sequences of several lengths, it is an array that has
/// the size of the bound for each example, of which a form takes the beginnings.
final class Feed {

    final Manifest.Port port;
    private final int size;
    private final Placement placement;
    private float[] floats;
    private int[] ints;

    Feed(Manifest manifest, Forms forms, Manifest.Port port) {
        this.port = port;
        size = port.size();
        placement = new Placement(manifest, forms, port);
    }

    static Feed[] of(Manifest manifest, Forms forms, List<Manifest.Port> ports) {
        Feed[] feeds = new Feed[ports.size()];
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = new Feed(manifest, forms, ports.get(i));
        }
        return feeds;
    }

    /// Uses the arrays of the only form.
    void attach(Workspace workspace, int batch) {
        if (!placement.isUsed(0)) {
            // A program may have no use for one of its inputs; what is put there then goes nowhere.
            hold(batch);
        } else if (port.element() == Element.F32) {
            floats = workspace.f32[placement.storage(0)];
        } else {
            ints = workspace.i32[placement.storage(0)];
        }
    }

    /// Makes arrays that belong to no form.
    void hold(int batch) {
        boolean real = port.element() == Element.F32;
        floats = real ? new float[Math.multiplyExact(batch, size)] : null;
        ints = real ? null : new int[Math.multiplyExact(batch, size)];
    }

    /// Copies the beginnings of examples into the workspace of a form.
    void move(Workspace workspace, int form, int batch) {
        if (!placement.isUsed(form)) {
            return;
        }
        int storage = placement.storage(form);
        int taken = placement.size(form);
        for (int i = 0; i < batch; i++) {
            if (floats != null) {
                System.arraycopy(floats, i * size, workspace.f32[storage], i * taken, taken);
            } else {
                System.arraycopy(ints, i * size, workspace.i32[storage], i * taken, taken);
            }
        }
    }

    void put(float[] values, int batch) {
        if (floats == null) {
            throw new IllegalArgumentException("'" + port.name() + "' is " + port.element().text() + " and does not take float[]");
        }
        checkLength(values.length, batch, size);
        System.arraycopy(values, 0, floats, 0, batch * size);
    }

    void put(int[] values, int batch) {
        if (ints == null) {
            throw new IllegalArgumentException("'" + port.name() + "' is " + port.element().text() + " and does not take int[]");
        }
        checkLength(values.length, batch, size);
        System.arraycopy(values, 0, ints, 0, batch * size);
    }

    /// Records of the network's own class.
    void put(NetworkCode code, int input, Record[] rows, int batch) {
        if (port.fields().isEmpty()) {
            throw new IllegalArgumentException("'" + port.name() + "' is no record");
        }
        checkLength(rows.length, batch, 1);
        for (int i = 0; i < batch; i++) {
            code.putChecked(input, rows[i], floats, i * size);
        }
    }

    /// Constants of an enum of the network's own.
    void put(Enum<?>[] values, int batch) {
        if (ints == null || port.members().isEmpty()) {
            throw new IllegalArgumentException("'" + port.name() + "' is no enum");
        }
        checkLength(values.length, batch, 1);
        for (int i = 0; i < batch; i++) {
            ints[i] = values[i].ordinal();
        }
    }

    private void checkLength(int length, int batch, int each) {
        if (length < (long) batch * each) {
            throw new IllegalArgumentException("'" + port.name() + "' takes " + each + (each == 1 ? " value" : " values")
                    + " for each example; an array of " + length + " is too short for " + batch);
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
