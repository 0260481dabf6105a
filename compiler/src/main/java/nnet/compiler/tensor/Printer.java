package nnet.compiler.tensor;

import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes a graph as text that `Reader` reads back. Values are numbered in the order of their definition, so equal graphs print equally:
///
/// ```text
/// graph infer {
///   input %0 x: data f32[batch, 2]
///   input %1 w: parameter f32[2, 1]
///   %2 = contraction(%0, %1) left=[0, 1] right=[1, 2] result=[0, 2] : f32[batch, 1]  # logits
///   output y: data %2
/// }
/// ```
public final class Printer {

    private final StringBuilder text = new StringBuilder();

    private Printer() {
    }

    public static String print(Graph graph) {
        Printer printer = new Printer();
        printer.text.append("graph ");
        printer.graph(graph, "");
        return printer.text.append('\n').toString();
    }

    private void graph(Graph graph, String indent) {
        Map<Value, String> names = new HashMap<>();
        String inner = indent + "  ";
        text.append(graph.name()).append(" {\n");
        for (Graph.Input input : graph.inputs()) {
            text.append(inner).append("input ").append(define(input.value(), names)).append(' ').append(input.name()).append(": ");
            text.append(lower(input.role())).append(' ').append(input.value().type()).append('\n');
        }
        graph.equations().forEach(equation -> equation(equation, names, inner));
        for (Graph.Output output : graph.outputs()) {
            text.append(inner).append("output ").append(output.name()).append(": ");
            text.append(lower(output.role())).append(' ').append(names.get(output.value())).append('\n');
        }
        text.append(indent).append('}');
    }

    private void equation(Equation equation, Map<Value, String> names, String indent) {
        text.append(indent).append(equation.results().stream().map(result -> define(result, names)).collect(Collectors.joining(", ")));
        text.append(" = ").append(equation.op().mnemonic());
        text.append(equation.operands().stream().map(names::get).collect(Collectors.joining(", ", "(", ")")));
        for (RecordComponent attribute : Attributes.of(equation.op().getClass())) {
            text.append(' ').append(attribute.getName()).append('=');
            attribute(Attributes.value(equation.op(), attribute), indent);
        }
        text.append(" : ").append(equation.results().stream().map(result -> result.type().toString()).collect(Collectors.joining(", ")));
        String hint = equation.results().getFirst().hint();
        text.append(hint.isEmpty() ? "\n" : "  # " + hint + "\n");
    }

    private void attribute(Object value, String indent) {
        switch (value) {
            case Graph graph -> graph(graph, indent);
            case Enum<?> constant -> text.append(lower(constant));
            case List<?> list -> text.append(list);
            default -> text.append(value);
        }
    }

    private static String define(Value value, Map<Value, String> names) {
        names.put(value, "%" + names.size());
        return names.get(value);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
