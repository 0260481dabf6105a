package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.loop.LoopProgram.Argument;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// All that a kernel depends on: a cluster whose values are numbered in the order in which they are met. Clusters with equal patterns have the same kernel, on
/// other values; a deep network is made of few patterns, each of which is lowered once.
///
/// @param values what is computed, loaded or stored
/// @param steps  what is computed, from what lies in memory
/// @param data   numbers of the values that are inputs of the network
/// @param sums   numbers of values that data are multiplied by, and those of the sums of their columns
/// @param roots  numbers of the values that the cluster computes, and of those that it stores
record Pattern(Cluster.Kind kind, List<Dim> rows, List<TensorType> values, List<Integer> data, Map<Integer, Integer> sums, List<Step> steps,
        List<Integer> roots, List<Integer> stored) {

    /// An equation between numbered values.
    private record Step(Op op, List<Integer> operands, List<Integer> results) {
    }

    /// A cluster and its pattern.
    static final class Instance {

        private final Cluster cluster;
        private final Draft.Memory memory;
        private final Map<Value, Integer> numbers = new LinkedHashMap<>();
        private final Map<Value, Equation> definitions = new HashMap<>();
        private final List<Step> steps = new ArrayList<>();
        private final Map<Value, Value> sums = new HashMap<>();
        private final Set<Value> roots;
        final Pattern pattern;

        Instance(Cluster cluster, Draft.Memory memory) {
            this.cluster = cluster;
            this.memory = memory;
            roots = new HashSet<>(cluster.roots());
            cluster.roots().forEach(this::meet);
            memory.summedFactors(cluster.roots().getFirst()).forEach(factor -> sums.put(factor, memory.sums().get(factor)));
            sums.values().forEach(this::meet);
            pattern = new Pattern(cluster.kind(), cluster.rows(), numbers.keySet().stream().map(Value::type).toList(),
                    numbers.keySet().stream().filter(memory::isData).map(numbers::get).toList(),
                    sums.keySet().stream().collect(Collectors.toMap(numbers::get, factor -> numbers.get(sums.get(factor)))),
                    List.copyOf(steps), numbers(cluster.roots()), numbers(cluster.stored()));
        }

        private void meet(Value value) {
            if (numbers.putIfAbsent(value, numbers.size()) != null) {
                return;
            }
            Equation equation = memory.definitions().get(value);
            boolean isLoaded = memory.homes().containsKey(value) && !roots.contains(value);
            if (equation != null && !isLoaded) {
                equation.results().forEach(result -> definitions.put(result, equation));
                equation.operands().forEach(this::meet);
                steps.add(new Step(equation.op(), numbers(equation.operands()), numbers(equation.results())));
            }
        }

        private List<Integer> numbers(List<Value> all) {
            return all.stream().map(value -> numbers.getOrDefault(value, -1)).toList();
        }

        /// What lowering may know: the values of the pattern, each of those in memory in a storage of its number.
        Draft.Memory numbered() {
            Map<Value, Home> homes = new HashMap<>();
            numbers.forEach((value, number) -> {
                if (memory.homes().containsKey(value)) {
                    homes.put(value, Home
                            .of(new Storage(number, "", value.type().element(), value.shape().size(), Optional.empty(), Optional.empty())));
                }
            });
            return new Draft.Memory(memory.fused(), memory.symbols(), definitions, homes, sums);
        }

        /// The call of a numbered kernel on the values of this cluster.
        KernelCall call(KernelCall numbered) {
            List<Value> values = List.copyOf(numbers.keySet());
            List<Argument> arguments = numbered.arguments().stream()
                    .map(argument -> memory.homes().get(values.get(argument.storage().id())).argument(argument.access())).toList();
            return new KernelCall(numbered.kernel(), arguments, cluster.roots().getFirst().span());
        }
    }
}
