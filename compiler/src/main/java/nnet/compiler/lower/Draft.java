package nnet.compiler.lower;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.fuse.Fused;
import nnet.compiler.fuse.Need;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Kernel;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.source.Span;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;

/// A kernel under construction: its code, its buffers, and what the elements of values are in it.
final class Draft {

    final Nest nest;
    final Elements elements;
    final Formals formals = new Formals();
    final Cluster cluster;
    private final Memory memory;

    Draft(Cluster cluster, Memory memory) {
        this.cluster = cluster;
        this.memory = memory;
        nest = new Nest(memory.symbols());
        Set<Value> own = Set.copyOf(cluster.roots());
        elements = new Elements(nest, memory.definitions(), value -> own.contains(value) ? Optional.empty() : place(value));
    }

    /// A draft of the same cluster with nothing in it, to see what code would be.
    Draft another() {
        return new Draft(cluster, memory);
    }

    Equation definition(Value value) {
        return memory.definitions().get(value);
    }

    /// The roots of this cluster that a root is made of.
    List<Need> needs(Value root) {
        return memory.fused().needs().get(root).stream().filter(need -> cluster.roots().contains(need.root())).toList();
    }

    boolean isStored(Value value) {
        return cluster.stored().contains(value);
    }

    private Optional<Place> place(Value value) {
        return Optional.of(value).filter(memory.homes()::containsKey)
                .map(stored -> Place.rowMajor(formals.read(stored), stored.shape()));
    }

    /// Where a root of this cluster is read after it has been written.
    Place read(Value root) {
        return Place.rowMajor(formals.read(root), root.shape());
    }

    /// Where an operand lies that has been stored by an earlier kernel.
    Place source(Value operand) {
        return place(operand).orElseThrow(() -> new IllegalStateException(operand + " is not in memory"));
    }

    /// Where a root of this cluster is written.
    Place target(Value root) {
        Buffer buffer = formals.write(root);
        return Place.rowMajor(buffer, root.shape());
    }

    KernelCall finish(String name, Expr extent) {
        Kernel kernel = new Kernel(name, formals.all(), nest.usedSymbols(), nest.parallel, extent, Cost.of(nest), nest.body());
        Span span = cluster.roots().getFirst().span();
        return new KernelCall(kernel, formals.arguments(memory.homes()), span);
    }

    /// The sums of the columns of an operand, where they have been computed: they are finite only if all of it is.
    Optional<Value> sums(Value operand) {
        return Optional.ofNullable(memory.sums().get(operand));
    }

    /// What all kernels of a program share.
    ///
    /// @param homes where inputs and stored values lie
    /// @param sums  of the columns of a value, over all axes but the last ones, by that value, as far as they have been computed
    record Memory(Fused fused, List<String> symbols, Map<Value, Equation> definitions, Map<Value, Home> homes, Map<Value, Value> sums) {

        /// Takes note of the sums that a kernel has computed: outputs, over which nobody writes.
        void note(Cluster computed) {
            List<Value> outputs = fused.graph().outputs().stream().map(Graph.Output::value).toList();
            computed.stored().stream().filter(value -> outputs.contains(value) && !summed(value).equals(value))
                    .forEach(sum -> sums.put(summed(sum), sum));
        }

        /// What a value is the sums of the columns of; itself if it is none.
        private Value summed(Value value) {
            Equation equation = definitions.get(value);
            boolean isSum = equation != null && equation.op() instanceof Sum(var axes)
                    && !axes.contains(equation.operands().getFirst().shape().rank() - 1);
            return isSum ? summed(equation.operands().getFirst()) : value;
        }

        /// The operands of a product with data whose sums are known.
        List<Value> summedFactors(Value root) {
            Equation equation = definitions.get(root);
            boolean isOfData = equation != null && equation.op() instanceof Contraction
                    && equation.operands().stream().anyMatch(this::isData);
            return isOfData ? equation.operands().stream().filter(sums::containsKey).toList() : List.of();
        }

        /// Whether a value is an input of the network, or one that has been given another shape.
        boolean isData(Value value) {
            Equation equation = definitions.get(value);
            return equation == null
                    ? fused.graph().inputs().stream().anyMatch(input -> input.role() == Role.DATA && input.value().equals(value))
                    : (equation.op() instanceof Reshape || equation.op() instanceof Transpose) && isData(equation.operands().getFirst());
        }
    }
}
