package nnet.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import nnet.compiler.code.ClassCode;
import nnet.compiler.code.FieldCode;
import nnet.compiler.code.RecordCode;
import nnet.compiler.emit.NetworkClass.Member;
import nnet.compiler.model.Row;

/// The API class as Java text with documentation: compiled beside the `$Code` class it is the same as the class file. Builds give it to the Java compiler, so that
/// editors know it like any other source.
final class SourceText {

    private SourceText() {
    }

    static String write(Description network, Nested nested, List<Member> members) {
        int dot = network.name().lastIndexOf('.');
        String simpleName = network.name().substring(dot + 1);
        List<String> parts = new ArrayList<>(members.stream().map(member -> comment(member.comment()) + member.method()).toList());
        parts.addAll(nested(network, nested));
        String methods = String.join("\n\n", parts);
        return """
                %1$s
                import java.io.IOException;
                import java.nio.file.Path;
                import nnet.runtime.CompiledNetwork;
                import nnet.runtime.NetworkCode;
                %5$s
                %2$s@SuppressWarnings("serial")
                public final class %3$s extends CompiledNetwork {

                    private static final NetworkCode CODE = new %3$s$Code();

                    private %3$s() {
                        super(CODE);
                    }

                %4$s}
                """.formatted(dot < 0 ? "" : "package " + network.name().substring(0, dot) + ";\n", comment(classComment(network)),
                simpleName,
                methods.indent(4).lines().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n")),
                (PredictionClass.isNeeded(network, nested) ? "import nnet.runtime.Raw;\n" : "")
                        + (TrainerClass.of(network, nested).isPresent() ? "import nnet.runtime.Workers;\n" : ""));
    }

    /// The records, enums and the prediction inside the class.
    private static List<String> nested(Description network, Nested nested) {
        List<String> parts = new ArrayList<>();
        nested.rows().forEach(row -> parts.add(comment(rowComment(row, nested.code(row))) + nested.code(row)));
        nested.enums().forEach(names -> parts
                .add(comment(names.doc().orElse("The categories of {@code " + names.name() + "}."))
                        + nested.code(names).toString(SourceText::comment)));
        if (PredictionClass.isNeeded(network, nested)) {
            PredictionClass prediction = new PredictionClass(network, nested);
            ClassCode code = prediction.code();
            List<String> members = new ArrayList<>(code.fields().stream().map(FieldCode::toString).toList());
            members.add("Prediction" + prediction.constructor());
            prediction.members().forEach(member -> members.add(comment(member.comment()) + member.method()));
            parts.add(comment("What the network says about one example.") + "public static final class Prediction {\n\n"
                    + String.join("\n\n", members).indent(4) + "}");
        }
        TrainerClass.of(network, nested).ifPresent(trainer -> {
            List<String> members = new ArrayList<>(List.of("Trainer" + trainer.constructor()));
            trainer.members().forEach(member -> members.add(comment(member.comment()) + member.method()));
            parts.add(comment("Trains a copy of the weights, step by step. Used by one thread at a time.")
                    + "public static final class Trainer extends nnet.runtime.Trainer {\n\n" + String.join("\n\n", members).indent(4)
                    + "}");
        });
        return parts;
    }

    private static String rowComment(Row row, RecordCode code) {
        StringBuilder text = new StringBuilder(row.doc().orElse("Raw values of one example.")).append("\n\n");
        for (int i = 0; i < row.fields().size(); i++) {
            text.append("@param ").append(code.components().get(i).name()).append(' ').append(fieldComment(row.fields().get(i)))
                    .append('\n');
        }
        return text.toString().strip();
    }

    private static String fieldComment(Row.Field field) {
        String what = switch (field.kind()) {
            case Row.Number number -> switch (number.type()) {
                case REAL -> "a number" + (field.missing().isPresent() ? ", or NaN where it is missing" : "");
                case INT -> "a whole number" + (field.missing().isPresent() ? ", or null where it is missing" : "");
                case BOOL -> "true or false" + (field.missing().isPresent() ? ", or null where it is missing" : "");
            };
            case Row.Category category -> category.names().map(names -> "one of {@code " + names.name() + "}")
                    .orElse("a category from 0 to " + (category.size() - 1))
                    + (field.missing().isPresent() ? ", or null where it is missing" : "");
        };
        return field.doc().map(doc -> doc.strip().replace("\n", " ") + " (" + what + ")").orElse(what);
    }

    private static String classComment(Description network) {
        StringBuilder text = new StringBuilder(
                network.comment().isBlank() ? "A network compiled by nnc " + network.version() + "." : network.comment().strip());
        text.append("\n\n");
        network.given().forEach(
                port -> text.append("Input {@code ").append(port.name()).append("}: ").append(Comments.input(network, port)).append(".\n"));
        network.outputs().forEach(
                port -> text.append("Output {@code ").append(port.name()).append("}: ").append(Comments.value(port, false)).append(".\n"));
        return text.append("\nParameters: ").append(network.parameters().stream().mapToLong(Description.Weight::size).sum())
                .append(" numbers in ").append(network.parameters().size()).append(" tensors.").toString();
    }

    /// A documentation comment that no text can end early.
    private static String comment(String text) {
        return text.replace("*/", "*&#47;").lines().map(line -> (" * " + line).stripTrailing())
                .collect(Collectors.joining("\n", "/**\n", "\n */\n"));
    }
}
