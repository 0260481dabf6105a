package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Panels;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Window;
import nnet.compiler.type.Dim;

/// A contraction one of whose operands is made of windows, taken apart.
///
/// @param equation the contraction
/// @param side     the operand with windows: 0 or 1
/// @param source   what the windows slide over
/// @param labels   the labels of its axes, those of positions where windows slide
/// @param axes     the axes that windows slide along, the last of the source last
record Convolved(Equation equation, int side, Value source, List<Integer> labels, List<Sliding> axes) {

    /// The windows, or nothing if no operand has any.
    static Optional<Convolved> of(Cluster cluster, Draft.Memory memory) {
        Equation equation = memory.definitions().get(cluster.roots().getFirst());
        return equation.op() instanceof Contraction ? of(equation, 0, memory).or(() -> of(equation, 1, memory)) : Optional.empty();
    }

    private static Optional<Convolved> of(Equation equation, int side, Draft.Memory memory) {
        Contraction op = (Contraction) equation.op();
        List<Integer> labels = new ArrayList<>(side == 0 ? op.left() : op.right());
        Value value = equation.operands().get(side);
        List<Sliding> axes = new ArrayList<>();
        while (memory.definitions().get(value) instanceof Equation definition && definition.op() instanceof Window window
                && !memory.homes().containsKey(value)) {
            value = definition.operands().getFirst();
            if (window.tapped() || window.fill() != 0 || window.stride() > 1 && window.divisor() > 1 || !window.positions().isFixed()) {
                return Optional.empty();
            }
            int position = labels.get(window.axis());
            int tap = labels.remove(window.axis() + 1);
            axes.add(new Sliding(position, tap, window, value.shape().dim(window.axis()).size(), window.positions().size()));
        }
        axes.sort((a, b) -> Integer.compare(labels.indexOf(a.position()), labels.indexOf(b.position())));
        boolean twice = axes.stream().map(Sliding::position).distinct().count() < axes.size()
                || axes.stream().anyMatch(axis -> !labels.contains(axis.position()));
        return axes.isEmpty() || twice ? Optional.empty() : Optional.of(new Convolved(equation, side, value, List.copyOf(labels), axes));
    }

    /// A contraction whose weights have been laid out in panels, and that has no windows: each position looks at its own elements.
    static Optional<Convolved> still(Cluster cluster, Draft.Memory memory) {
        Equation equation = memory.definitions().get(cluster.roots().getFirst());
        if (!(equation.op() instanceof Contraction op) || Panels.of(memory.definitions()::get, equation.operands().get(1)).isEmpty()) {
            return Optional.empty();
        }
        int filter = op.result().indexOf(op.right().getLast());
        List<Integer> behind = filter < 0 ? List.of() : op.result().subList(filter + 1, op.result().size());
        Labels labels = Labels.of(equation);
        boolean fits = !behind.isEmpty()
                && behind.stream().allMatch(label -> op.left().contains(label) && labels.sizes().get(label).isFixed());
        return fits
                ? Optional.of(new Convolved(equation, 0, equation.operands().getFirst(), op.left(),
                        behind.stream().map(label -> Sliding.still(label, labels.sizes().get(label).size())).toList()))
                : Optional.empty();
    }

    Contraction op() {
        return (Contraction) equation.op();
    }

    Value other() {
        return equation.operands().get(1 - side);
    }

    List<Integer> otherLabels() {
        return side == 0 ? op().right() : op().left();
    }

    List<Integer> resultLabels() {
        return op().result();
    }

    boolean isPosition(int label) {
        return axes.stream().anyMatch(axis -> axis.position() == label);
    }

    boolean isTap(int label) {
        return axes.stream().anyMatch(axis -> axis.tap() == label);
    }

    Dim size(int label) {
        return Labels.of(equation).sizes().get(label);
    }

    /// All taps of a window.
    int taps() {
        return axes.stream().mapToInt(Sliding::taps).reduce(1, (a, b) -> a * b);
    }

    /// The sliding axis whose positions have this label, or -1.
    int axisOf(int label) {
        return axes.stream().map(Sliding::position).toList().indexOf(label);
    }

    /// The axis whose taps have this label, or -1.
    int tapOf(int label) {
        return axes.stream().map(Sliding::tap).toList().indexOf(label);
    }

    /// The positions of the first axis in so many bands of equal size.
    Convolved banded(int bands) {
        List<Sliding> banded = new ArrayList<>(axes);
        Sliding first = axes.getFirst();
        banded.set(0, first.withBand(Math.ceilDiv(first.positions(), bands)));
        return new Convolved(equation, side, source, labels, List.copyOf(banded));
    }

    /// Positions of a band.
    int bandPositions() {
        return axes.stream().mapToInt(Sliding::band).reduce(1, (a, b) -> a * b);
    }

    /// What the other labels of a convolution are.
    ///
    /// @param channel the label that is summed over beside the taps, the slowest of all
    /// @param rows    the label that only the weights have
    /// @param around  labels of the result that the operand with windows has, batch and groups: loops around
    record Form(Optional<Integer> channel, Optional<Integer> rows, List<Integer> around) {
    }

    /// The form, if positions come from the windows alone and taps are summed over, in the order of their axes.
    Optional<Form> form() {
        List<Integer> weights = otherLabels();
        List<Integer> result = resultLabels();
        List<Integer> contracted = Labels.of(equation).contracted();
        List<Integer> summed = contracted.stream().filter(label -> !isTap(label)).toList();
        List<Integer> rows = weights.stream().filter(label -> result.contains(label) && !labels.contains(label)).toList();
        boolean fits = axes.stream().allMatch(axis -> result.contains(axis.position()) && !weights.contains(axis.position())
                && (!axis.isWindow() || weights.contains(axis.tap()) && !result.contains(axis.tap())));
        fits &= summed.size() <= 1 && rows.size() <= 1 && rows.stream().allMatch(label -> size(label).isFixed());
        fits &= summed.stream().allMatch(label -> contracted.getFirst().equals(label) && weights.contains(label) && labels.contains(label)
                && size(label).isFixed());
        fits &= contracted.subList(summed.size(), contracted.size())
                .equals(axes.stream().filter(Sliding::isWindow).map(Sliding::tap).toList());
        List<Integer> around = result.stream().filter(label -> labels.contains(label) && !isPosition(label)).toList();
        return fits ? Optional.of(new Form(summed.stream().findFirst(), rows.stream().findFirst(), around)) : Optional.empty();
    }

    /// Whether the weights lie one after the other in the order of the contracted axis.
    boolean isOneAxisOfWeights(Cluster cluster, Draft.Memory memory) {
        Roles.Probe probe = Roles.Probe.of(cluster, memory, equation, 1 - side);
        return probe.isOneAxis(Labels.of(equation).contractedDims()) && probe.isUnitStep();
    }

    /// What the other labels of the gradient by the weights are.
    ///
    /// @param batch   the label that is summed over beside the positions, the slowest of all
    /// @param channel the label that only the operand with windows has
    /// @param column  the label that only the other operand has
    /// @param groups  labels that everything has: loops around
    record GradientForm(Optional<Integer> batch, Optional<Integer> channel, Optional<Integer> column, List<Integer> groups) {
        int columns() {
            return column.orElseThrow();
        }
    }

    /// The form of a gradient by the weights: taps come from the windows, and positions are summed over in the order of their axes.
    Optional<GradientForm> gradientForm() {
        List<Integer> other = otherLabels();
        List<Integer> result = resultLabels();
        List<Integer> contracted = Labels.of(equation).contracted();
        List<Integer> batch = contracted.stream().filter(label -> !isPosition(label)).toList();
        List<Integer> channel = labels.stream().filter(label -> result.contains(label) && !other.contains(label)).toList();
        List<Integer> columns = other.stream().filter(label -> result.contains(label) && !labels.contains(label)).toList();
        boolean fits = axes.stream().allMatch(axis -> other.contains(axis.position()) && !result.contains(axis.position())
                && result.contains(axis.tap()) && !other.contains(axis.tap()) && axis.divisor() == 1);
        fits &= batch.size() <= 1 && channel.size() <= 1 && columns.size() <= 1
                && columns.stream().allMatch(label -> size(label).isFixed());
        fits &= batch.stream().allMatch(label -> contracted.getFirst().equals(label) && other.contains(label) && labels.contains(label));
        fits &= channel.stream().allMatch(label -> size(label).isFixed());
        fits &= contracted.subList(batch.size(), contracted.size()).equals(axes.stream().map(Sliding::position).toList());
        List<Integer> groups = result.stream().filter(label -> labels.contains(label) && other.contains(label)).toList();
        return fits
                ? Optional.of(
                        new GradientForm(batch.stream().findFirst(), channel.stream().findFirst(), columns.stream().findFirst(), groups))
                : Optional.empty();
    }
}
