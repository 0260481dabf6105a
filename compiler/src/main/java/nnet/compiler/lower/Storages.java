package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.fuse.Fused;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// The storages of a program: inputs and outputs lie in those of the outside, everything else that is stored in storages of its own.
///
/// An output with the role and name of an input replaces it. It may be written straight over the input if every kernel that reads the input runs before, or
/// is the same kernel and reads the element that it writes; else it is written aside, and copied at the end. What is stored may also take the place of
/// something intermediate that nothing needs any more.
final class Storages {

    /// Where the values of one graph lie.
    ///
    /// @param places of inputs, outputs and values that are stored; it grows while the graph is lowered
    /// @param copies values that are written aside, and where they belong
    /// @param own    values that lie in a storage which was made for a value of this graph
    /// @param rows   of which the graph computes a part at a time
    record Homes(Map<Value, Home> places, Map<Value, Home> copies, Set<Value> own, Optional<Rowwise> rows) {

        Homes(Optional<Rowwise> rows) {
            this(new LinkedHashMap<>(), new LinkedHashMap<>(), new HashSet<>(), rows);
        }

        /// Where the graph finds its part of a value.
        Home part(Home whole, Value value) {
            return rows.map(shared -> shared.home(whole, value)).orElse(whole);
        }
    }

    private record Outside(Role role, String name) {
    }

    private final List<Storage> all = new ArrayList<>();
    private final Map<Outside, Storage> outside = new HashMap<>();

    List<Storage> all() {
        return all;
    }

    /// The homes of a whole program: inputs and outputs by role and name.
    Homes outside(Fused fused, Overwriting overwriting) {
        Homes homes = new Homes(Optional.empty());
        Map<Outside, Value> inputs = new HashMap<>();
        for (Graph.Input input : fused.graph().inputs()) {
            inputs.put(new Outside(input.role(), input.name()), input.value());
            homes.places.put(input.value(), Home.of(shared(input.role(), input.name(), input.value().type())));
        }
        for (Graph.Output output : fused.graph().outputs()) {
            Home home = Home.of(shared(output.role(), output.name(), output.value().type()));
            Value replaced = inputs.get(new Outside(output.role(), output.name()));
            boolean direct = replaced == null || overwriting.mayReplace(replaced, output.value());
            (direct ? homes.places : homes.copies).put(output.value(), home);
        }
        return homes;
    }

    /// Gives what the kernel of a cluster stores a place, where it has none yet.
    void place(Cluster cluster, Homes homes, Overwriting overwriting) {
        for (Value value : cluster.stored()) {
            if (!homes.places.containsKey(value)) {
                Optional<Value> dying = overwriting.by(cluster, value, homes.own);
                homes.places.put(value, dying.map(homes.places::get).orElseGet(() -> homes.part(intermediate(value), value)));
                homes.own.add(value);
            }
        }
    }

    private Storage shared(Role role, String name, TensorType type) {
        return outside.computeIfAbsent(new Outside(role, name),
                _ -> add(name, type.element(), type.shape().size(), Optional.of(role)));
    }

    Home intermediate(Value value) {
        return intermediate(value, value.shape().size());
    }

    /// Room for so many elements of the kind of a value.
    Home intermediate(Value value, Dim size) {
        String name = "t" + value.id() + (value.hint().isEmpty() ? "" : "_" + value.hint());
        return Home.of(add(name, value.type().element(), size, Optional.empty()));
    }

    private Storage add(String name, ElementType element, Dim size, Optional<Role> role) {
        Storage storage = new Storage(all.size(), name, element, size, role, Optional.empty());
        all.add(storage);
        return storage;
    }
}
