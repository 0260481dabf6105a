package nnet.runtime;

import java.util.ArrayList;
import java.util.List;

/// The metrics of a recipe: outputs and targets of a whole split to one number for each metric.
public final class Metrics {

    private final NetworkCode code;
    private final int number;
    private final Manifest.Program program;
    private final Buffers buffers;
    private final Workers workers;

    Metrics(NetworkCode code, Buffers buffers, Workers workers) {
        this.code = code;
        this.buffers = buffers;
        this.workers = workers;
        number = code.manifest.program("metrics");
        program = code.manifest.programs().get(number);
    }

    /// Names of the metrics.
    public List<String> names() {
        return program.storages().stream().filter(Metrics::isResult).map(Manifest.Storage::name).toList();
    }

    private static boolean isResult(Manifest.Storage storage) {
        return storage.role().filter(Manifest.Role.RESULT::equals).isPresent();
    }

    /// @param outputs arrays of the network's outputs in their order: `float[]`, one example after the other
    /// @param targets arrays of its targets: `float[]` or `int[]`
    /// @return one value for each of `names`
    public float[] compute(List<?> outputs, List<?> targets, int count) {
        Workspace workspace = new Workspace(program, buffers, Math.max(1, count), workers);
        workspace.setBatch(count);
        load(workspace, code.manifest.outputs(), outputs, count);
        load(workspace, code.manifest.targets(), targets, count);
        code.run(number, workspace);
        List<Float> results = new ArrayList<>();
        for (int id = 0; id < program.storages().size(); id++) {
            if (isResult(program.storages().get(id))) {
                results.add(workspace.f32[id][0]);
            }
        }
        float[] values = new float[results.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = results.get(i);
        }
        return values;
    }

    private void load(Workspace workspace, List<Manifest.Port> ports, List<?> arrays, int count) {
        if (ports.size() != arrays.size()) {
            throw new IllegalArgumentException(arrays.size() + " arrays for " + ports.size() + " outputs or targets");
        }
        for (int i = 0; i < ports.size(); i++) {
            Manifest.Port port = ports.get(i);
            int storage = program.find(Manifest.Role.DATA, port.name()).orElse(-1);
            if (storage >= 0 && port.element() == Element.F32) {
                System.arraycopy((float[]) arrays.get(i), 0, workspace.f32[storage], 0, count * port.size());
            } else if (storage >= 0) {
                Categories.copy(port, (int[]) arrays.get(i), 0, workspace.i32[storage], 0, count * port.size());
            }
        }
    }
}
