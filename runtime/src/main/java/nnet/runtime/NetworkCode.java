package nnet.runtime;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The compiled code of a network: its manifest and its kernel classes, loaded when they are needed. One object for each generated class, shared by all networks
/// of the class.
public abstract class NetworkCode {

    final Manifest manifest;
    /// By program.
    final Tier[] tiers;
    private final AtomicReferenceArray<Kernels> loaded = new AtomicReferenceArray<>(17);

    /// @param manifest the text that the compiler wrote
    protected NetworkCode(String manifest) {
        this.manifest = Manifest.parse(manifest);
        List<Manifest.Program> programs = this.manifest.programs();
        tiers = new Tier[programs.size()];
        for (int i = 0; i < tiers.length; i++) {
            tiers[i] = new Tier(i);
        }
    }

    /// Makes the kernels for vectors of so many floats: 1 (scalar), 4, 8 or 16. Loads their class.
    protected abstract Kernels create(int lanes);

    /// Writes the raw values of a record to an array, those of an input of the network that is a record.
    protected void put(int input, Record row, float[] to, int at) {
        throw new IllegalArgumentException("'" + manifest.inputs().get(input).name() + "' is no record");
    }

    /// Writes the raw values of a record as `put` does.
    ///
    /// @throws IllegalArgumentException if one of them is not finite, and not NaN for what may be missing: all that is computed from it would be NaN
    final void putChecked(int input, Record row, float[] to, int at) {
        put(input, row, to, at);
        List<Manifest.Field> fields = manifest.inputs().get(input).fields();
        for (int i = 0; i < fields.size(); i++) {
            float value = to[at + i];
            if (!Float.isFinite(value) && !(Float.isNaN(value) && fields.get(i).isOptional())) {
                throw new IllegalArgumentException("'" + fields.get(i).name() + "' is " + value
                        + (Float.isNaN(value) ? ", but its record does not say what to put there if it is missing" : ""));
            }
        }
    }

    /// The constants of an output of the network that is an enum.
    protected Enum<?>[] members(int output) {
        throw new IllegalArgumentException("'" + manifest.outputs().get(output).name() + "' is no enum");
    }

    final Kernels kernels(int lanes) {
        Kernels kernels = loaded.get(lanes);
        if (kernels == null) {
            loaded.compareAndSet(lanes, null, create(lanes));
            kernels = loaded.get(lanes);
        }
        return kernels;
    }

    /// Lanes of the best form for this JVM. A network in a named module has vectors if that module says `requires static jdk.incubator.vector`.
    final int preferredLanes() {
        return Vectors.isReadBy(getClass()) ? Vectors.preferred() : 1;
    }

    /// The kernels if they are loaded, otherwise null.
    final Kernels loadedKernels(int lanes) {
        return loaded.get(lanes);
    }

    /// Runs a program on its workspace.
    final void run(int program, Workspace workspace) {
        tiers[program].run(this, workspace);
    }

    /// Whether the form that a program runs in is chosen for good.
    final boolean isSettled(int program) {
        return tiers[program].isSettled();
    }

    /// Lanes of the form that a program runs in by now, for reports.
    final int lanes(int program) {
        return tiers[program].lanes(this);
    }
}
