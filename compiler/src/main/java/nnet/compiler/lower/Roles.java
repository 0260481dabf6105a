package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.loop.Variable;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Panels;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;

/// What the axes of a contraction are to its loops: A runs along the rows, B along the columns, both along the contracted axis; all other axes are
/// loops around. An axis here is a group of axes that run on into each other in memory, named by the last of them.
///
/// @param equation   the contraction
/// @param a          the operand whose elements are repeated along the columns: 0 or 1
/// @param rows       the axis of the result that only A has
/// @param columns    the axis of the result that only B has
/// @param around     the other axes of the result
/// @param sizes      the size of each of these axes
/// @param contracted the size of the contracted axis
/// @param isOneAxis  whether the contracted axes run on into each other in both operands
/// @param aByRow     whether the elements of A along the rows lie next to each other
/// @param aByStep    whether the elements of A along the contracted axis do
/// @param bByColumn  whether the elements of B along the columns do
/// @param panels     what lies in memory where B lies in panels
/// @param besides    B as it is, where it lies beside its panels
record Roles(Equation equation, int a, Optional<Integer> rows, Optional<Integer> columns, List<Integer> around, Map<Integer, Dim> sizes,
        Dim contracted, boolean isOneAxis, boolean aByRow, boolean aByStep, boolean bByColumn, Optional<Value> panels,
        Optional<Value> besides) {

    /// The roles of the axes, or nothing if the last axis of the result runs along both operands.
    static Optional<Roles> of(Cluster cluster, Draft.Memory memory) {
        Equation equation = memory.definitions().get(cluster.roots().getFirst());
        Contraction op = (Contraction) equation.op();
        Map<Integer, Dim> axes = FlatKernel.merge(cluster, memory);
        List<Integer> order = new ArrayList<>(axes.keySet());
        Probe left = Probe.of(cluster, memory, equation, 0);
        Probe right = Probe.of(cluster, memory, equation, 1);
        boolean isLast = !op.result().isEmpty() && !op.right().isEmpty() && op.right().getLast().equals(op.result().getLast());
        Optional<Value> panels = Panels.of(memory.definitions()::get, equation.operands().get(1))
                .filter(value -> isLast && memory.homes().containsKey(value));
        Optional<Integer> columns = Optional.empty();
        int b = 1;
        if (!order.isEmpty()) {
            int last = order.getLast();
            int label = op.result().get(last);
            boolean inLeft = op.left().contains(label);
            if (inLeft && op.right().contains(label)) {
                return Optional.empty();
            }
            b = inLeft ? 0 : 1;
            // One axis alone: as columns if they lie next to each other, else as rows.
            if (order.size() > 1 || panels.isPresent() || (b == 0 ? left : right).isUnit(last)) {
                columns = Optional.of(order.removeLast());
            }
        }
        int a = columns.isEmpty() && !order.isEmpty() ? b : 1 - b;
        List<Integer> own = a == 0 ? op.left() : op.right();
        List<Integer> others = a == 0 ? op.right() : op.left();
        Optional<Integer> rows = order.reversed().stream()
                .filter(axis -> own.contains(op.result().get(axis)) && !others.contains(op.result().get(axis))).findFirst();
        rows.ifPresent(order::remove);
        Labels labels = Labels.of(equation);
        boolean oneAxis = left.isOneAxis(labels.contractedDims()) && right.isOneAxis(labels.contractedDims());
        Probe probeA = a == 0 ? left : right;
        Probe probeB = a == 0 ? right : left;
        return Optional.of(new Roles(equation, a, rows, columns, List.copyOf(order), axes, labels.contractedSize(), oneAxis,
                rows.filter(probeA::isUnit).isPresent(), probeA.isUnitStep(),
                panels.isPresent() || columns.filter(probeB::isUnit).isPresent(), panels,
                panels.flatMap(_ -> Panels.asItIs(memory.definitions()::get, equation.operands().get(1)))));
    }

    Dim size(Optional<Integer> axis) {
        return axis.map(sizes::get).orElse(Dim.ONE);
    }

    Value operandA() {
        return equation.operands().get(a);
    }

    Value operandB() {
        return equation.operands().get(1 - a);
    }

    /// Whether B runs along an axis of the result.
    boolean isOfB(int axis) {
        Contraction op = (Contraction) equation.op();
        return (a == 0 ? op.right() : op.left()).contains(op.result().get(axis));
    }

    /// The indices of an operand's element.
    ///
    /// @param point the index along each axis of the result that has a role
    /// @param steps the index along each contracted label
    List<Index> element(int operand, Map<Integer, Index> point, Map<Integer, Index> steps) {
        Contraction op = (Contraction) equation.op();
        List<Integer> labels = operand == 0 ? op.left() : op.right();
        return labels.stream().map(label -> op.result().contains(label)
                ? point.getOrDefault(op.result().indexOf(label), Index.ZERO)
                : steps.get(label)).toList();
    }

    /// The indices of the result's element.
    List<Index> result(Map<Integer, Index> point) {
        List<Index> indices = new ArrayList<>();
        for (int axis = 0; axis < equation.results().getFirst().shape().rank(); axis++) {
            indices.add(point.getOrDefault(axis, Index.ZERO));
        }
        return indices;
    }

    /// The index of each contracted label at a step along all of them.
    Map<Integer, Index> steps(Nest nest, Index step) {
        Labels labels = Labels.of(equation);
        Map<Integer, Index> result = new HashMap<>();
        List<Index> parts = isOneAxis ? null : Movement.split(nest, step, labels.contractedDims());
        int last = labels.contracted().size() - 1;
        while (isOneAxis && last > 0 && labels.contractedDims().get(last).equals(Dim.ONE)) {
            last--;
        }
        for (int i = 0; i < labels.contracted().size(); i++) {
            result.put(labels.contracted().get(i), parts != null ? parts.get(i) : i == last ? step : Index.ZERO);
        }
        return result;
    }

    /// Where one operand is read, as a function of the indices of all labels.
    record Probe(List<Variable> axes, List<Variable> steps, List<Index> uses) {

        static Probe of(Cluster cluster, Draft.Memory memory, Equation equation, int operand) {
            Draft draft = new Draft(cluster, memory);
            Labels labels = Labels.of(equation);
            List<Variable> axes = cluster.rows().stream().map(dim -> draft.nest.open("i", dim)).toList();
            List<Variable> steps = labels.contractedDims().stream().map(dim -> draft.nest.open("k", dim)).toList();
            Contraction op = (Contraction) equation.op();
            List<Index> indices = (operand == 0 ? op.left() : op.right()).stream()
                    .map(label -> Index.of(op.result().contains(label)
                            ? axes.get(op.result().indexOf(label))
                            : steps.get(labels.contracted().indexOf(label))))
                    .toList();
            draft.elements.at(equation.operands().get(operand), indices);
            return new Probe(axes, steps, draft.nest.uses());
        }

        boolean isUnit(int axis) {
            return uses.size() == 1 && uses.getFirst().coefficient(axes.get(axis)).equals(Index.of(1));
        }

        boolean isUnitStep() {
            return uses.size() == 1 && steps.stream().anyMatch(step -> uses.getFirst().coefficient(step).equals(Index.of(1)));
        }

        boolean isOneAxis(List<Dim> sizes) {
            List<Integer> moving = IntStream.range(0, steps.size()).filter(step -> !sizes.get(step).equals(Dim.ONE)).boxed().toList();
            return IntStream.range(1, moving.size()).allMatch(i -> FlatKernel.runsOn(uses, steps, moving.get(i - 1), moving.get(i), sizes));
        }
    }
}
