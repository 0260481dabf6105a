package nnet.compiler.emit;

import java.util.List;
import nnet.compiler.emit.Description.Port;
import nnet.compiler.model.Enumeration;
import nnet.compiler.model.Meaning;
import nnet.compiler.model.Row;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// Words for what a method takes and gives.
final class Comments {

    private Comments() {
    }

    /// `[2, 3] row-major (6 values). Text of the source.`
    ///
    /// @param chosen whether scores of categories are given as the number of the most probable one
    static String value(Port port, boolean chosen) {
        String what = port.meaning().map(meaning -> meant(meaning, port, chosen))
                .orElseGet(() -> port.categories() == 0 ? plain(port) : category(port, chosen));
        return port.comment().isBlank() ? what : what + ": " + port.comment().strip().replace("\n", " ");
    }

    /// The same for an input as an application gives it.
    static String input(Description network, Port port) {
        String what = value(network.shown(port), false);
        return network.length(port).map(length -> what + ", where " + length.name() + " is from 1 to " + length.bound()).orElse(what);
    }

    private static String meant(Meaning meaning, Port port, boolean chosen) {
        return switch (meaning) {
            case Row row -> "raw values of {@code " + row.name() + "}";
            case Enumeration names when port.type().element() == ElementType.F32 ->
                chosen
                        ? "the most probable {@code " + names.name() + "}"
                        : "the probability of each {@code " + names.name() + "}, in order";
            case Enumeration names -> "one of {@code " + names.name() + "}";
        };
    }

    private static String plain(Port port) {
        String element = switch (port.type().element()) {
            case F32, F64 -> "number";
            case I32 -> "integer";
            case BOOL -> "truth value (0 or 1)";
        };
        return port.type().rank() == 0 ? "one " + element : port.type().shape() + " " + element + "s" + size(port.type().shape().dims());
    }

    private static String category(Port port, boolean chosen) {
        String range = "0 to " + (port.categories() - 1);
        boolean scores = port.type().element() == ElementType.F32;
        List<Dim> dims = port.type().shape().dims();
        List<Dim> outer = scores ? dims.subList(0, dims.size() - 1) : dims;
        String many = outer.isEmpty() ? "" : new nnet.compiler.type.Shape(outer) + size(outer) + ", each ";
        if (scores && !chosen) {
            return many + "the probabilities of the " + port.categories() + " categories";
        }
        return many + (scores ? "the most probable category, " : "a category, ") + range;
    }

    /// How many values that are, where the shape does not say it at a glance.
    private static String size(List<Dim> dims) {
        boolean obvious = dims.size() < 2 || dims.stream().anyMatch(dim -> !dim.isFixed());
        return obvious ? "" : ", row-major: " + new nnet.compiler.type.Shape(dims).size() + " values";
    }
}
