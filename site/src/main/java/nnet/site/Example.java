package nnet.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import nnet.compiler.Compiler;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.check.Checked;
import nnet.compiler.model.Model;
import nnet.compiler.source.Source;
import nnet.trainer.StandardLibrary;

/// `x: [784] -> Dense(128, relu)`, or with several inputs `x: [6, 8], memory: [5, 8] -> CrossAttention(2)`, as a network that the compiler has checked.
///
/// @param text the network
/// @param result what the compiler found: the types of the outputs and the number of parameters
record Example(String text, String result) {
    private static final Compiler COMPILER = new Compiler(Journey.SILENT);

    /// @param imported the package that has to be imported for it, or an empty text
    /// @throws IllegalArgumentException if the compiler has something against it
    static Example of(String line, String name, String imported) {
        int arrow = line.indexOf(" -> ");
        String inputs = line.substring(0, arrow);
        List<String> names = names(inputs);
        String first = names.size() == 1 ? names.getFirst() : "(" + String.join(", ", names) + ")";
        String head = imported.isEmpty() ? "" : "import " + imported + "." + name + "\n\n";
        String text = head + "network Example(" + inputs + ") {\n  " + first + line.substring(arrow) + "\n}\n";
        Source source = new Source(name + ".nnet", text);
        List<Source> imports = imported.isEmpty() ? List.of() : StandardLibrary.declaring(imported, "*");
        Checked checked = COMPILER.check(new Texts(source, imports, StandardLibrary.sources(), Map.of()));
        Model model = checked.model()
                .orElseThrow(() -> new IllegalArgumentException("the example of " + name + ": " + checked.diagnostics()));
        return new Example(text, result(model));
    }

    private static String result(Model model) {
        String outputs = model.outputs().stream().map(port -> "`" + port.type() + "`").collect(Collectors.joining(" and "));
        int parameters = model.parameters().stream().mapToInt(parameter -> parameter.type().shape().size().size()).sum();
        return "It gives " + outputs + switch (parameters) {
            case 0 -> " and has nothing to learn.";
            case 1 -> " and learns one parameter.";
            default -> String.format(Locale.ROOT, " and learns %,d parameters.", parameters);
        };
    }

    /// The names in front of the colons that are not within brackets.
    private static List<String> names(String inputs) {
        List<String> names = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < inputs.length(); i++) {
            switch (inputs.charAt(i)) {
                case '[', '(' -> depth++;
                case ']', ')' -> depth--;
                case ',' -> start = depth == 0 ? i + 1 : start;
                case ':' -> names.add(inputs.substring(start, i).strip());
                default -> {
                }
            }
        }
        return names;
    }
}
