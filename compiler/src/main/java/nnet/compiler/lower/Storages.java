package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.fuse.Fused;
import nnet.compiler.fuse.Need;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.TensorType;

/// Where values lie: inputs and outputs in the storages of the outside, everything else that is stored in storages of its own.
///
/// An output with the role and name of an input replaces it. It may be written straight over the input if every kernel that reads the input runs before, or
/// is the same kernel and reads the element that it writes; else it is written aside, and copied at the end.
final class Storages {

    private record Outside(Role role, String name) {
    }

    final List<Storage> all = new ArrayList<>();
    final Map<Value, Storage> places = new LinkedHashMap<>();
    /// Values that are written aside, and where they belong.
    final Map<Value, Storage> copies = new LinkedHashMap<>();

    private final Map<Outside, Storage> outside = new HashMap<>();

    static Storages of(Fused fused) {
        Storages storages = new Storages();
        Map<Outside, Value> inputs = new HashMap<>();
        for (Graph.Input input : fused.graph().inputs()) {
            inputs.put(new Outside(input.role(), input.name()), input.value());
            storages.places.put(input.value(), storages.shared(input.role(), input.name(), input.value().type()));
        }
        for (Graph.Output output : fused.graph().outputs()) {
            Storage home = storages.shared(output.role(), output.name(), output.value().type());
            Value replaced = inputs.get(new Outside(output.role(), output.name()));
            if (replaced == null || mayReplace(fused, replaced, output.value())) {
                storages.places.put(output.value(), home);
            } else {
                storages.copies.put(output.value(), home);
            }
        }
        for (Cluster cluster : fused.clusters()) {
            for (Value value : cluster.stored()) {
                storages.places.computeIfAbsent(value, storages::intermediate);
            }
        }
        return storages;
    }

    private Storage shared(Role role, String name, TensorType type) {
        return outside.computeIfAbsent(new Outside(role, name), _ -> add(name, type, Optional.of(role)));
    }

    private Storage intermediate(Value value) {
        return add("t" + value.id() + (value.hint().isEmpty() ? "" : "_" + value.hint()), value.type(), Optional.empty());
    }

    private Storage add(String name, TensorType type, Optional<Role> role) {
        Storage storage = new Storage(all.size(), name, type.element(), type.shape().size(), role, Optional.empty());
        all.add(storage);
        return storage;
    }

    private static boolean mayReplace(Fused fused, Value input, Value output) {
        boolean written = false;
        for (Cluster cluster : fused.clusters()) {
            boolean writes = cluster.roots().contains(output);
            for (Value root : cluster.roots()) {
                for (Need need : fused.needs().get(root)) {
                    boolean element = writes && cluster.kind() == Cluster.Kind.FLAT && need.isAligned(root);
                    if (need.root().equals(input) && (written || writes && !element)) {
                        return false;
                    }
                }
            }
            written |= writes;
        }
        return true;
    }
}
