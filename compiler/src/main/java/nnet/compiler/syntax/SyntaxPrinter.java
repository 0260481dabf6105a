package nnet.compiler.syntax;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import nnet.compiler.syntax.Declaration.Constant;
import nnet.compiler.syntax.Declaration.Definition;
import nnet.compiler.syntax.Declaration.Enumeration;
import nnet.compiler.syntax.Declaration.Network;
import nnet.compiler.syntax.Declaration.Parameter;
import nnet.compiler.syntax.Declaration.Row;
import nnet.compiler.syntax.Declaration.Train;
import nnet.compiler.syntax.Statement.Evaluate;

/// Syntax -> text. Parsing the text again gives equal syntax, apart from spans.
public final class SyntaxPrinter {

    private final ExpressionPrinter expressions = new ExpressionPrinter("");

    private SyntaxPrinter() {
    }

    public static String print(SourceFile file) {
        StringBuilder text = new StringBuilder();
        file.packageName().ifPresent(name -> text.append("package ").append(name).append("\n\n"));
        file.imports().forEach(i -> text.append("import ").append(i.path()).append('\n'));
        if (!file.imports().isEmpty()) {
            text.append('\n');
        }
        SyntaxPrinter printer = new SyntaxPrinter();
        text.append(file.declarations().stream().map(d -> printer.declaration(d) + "\n").collect(Collectors.joining("\n")));
        return text.toString();
    }

    public static String print(Declaration declaration) {
        return new SyntaxPrinter().declaration(declaration);
    }

    public static String print(Expression expression) {
        return new ExpressionPrinter("").expression(expression);
    }

    public static String print(TypeExpression type) {
        return new ExpressionPrinter("").type(type);
    }

    private String declaration(Declaration declaration) {
        return switch (declaration) {
            case Network n -> doc(n.doc(), "") + "network " + n.name() + parameters(n.inputs()) + results(n.outputs()) + " "
                    + expressions.lines(n.body());
            case Definition d -> doc(d.doc(), "") + definition(d);
            case Train t -> doc(t.doc(), "") + "train " + t.network()
                    + braces(t.settings(), s -> s.name() + " = " + expressions.indented().expression(s.value()));
            case Constant c -> doc(c.doc(), "") + "const " + c.name() + " = " + expressions.expression(c.value());
            case Enumeration e -> doc(e.doc(), "") + "enum " + e.name()
                    + braces(e.members(), SyntaxPrinter::member);
            case Row r -> doc(r.doc(), "") + "record " + r.name() + braces(r.fields(), this::field);
        };
    }

    private String definition(Definition d) {
        String pairs = d.parameters().isEmpty() ? parameters(d.inputs()) : parameters(d.parameters()) + parameters(d.inputs());
        List<Statement> statements = d.body().statements();
        String body = statements.size() == 1 && statements.getFirst() instanceof Evaluate(_, Expression value)
                ? "= " + expressions.expression(value)
                : expressions.lines(d.body());
        return d.kind().keyword() + " " + d.name() + pairs + results(d.outputs()) + " " + body;
    }

    private static String member(Enumeration.Member member) {
        String texts = member.texts().stream().map(ExpressionPrinter::quoted).collect(Collectors.joining(" or "));
        return doc(member.doc(), ExpressionPrinter.STEP) + member.name() + (texts.isEmpty() ? "" : " = " + texts);
    }

    private String field(Row.Field field) {
        String encodings = field.encodings().stream().map(e -> " " + expressions.expression(e)).collect(Collectors.joining());
        return doc(field.doc(), ExpressionPrinter.STEP) + names(field.names()) + ": " + expressions.type(field.type()) + encodings;
    }

    private String parameters(List<Parameter> parameters) {
        return parameters.stream().map(this::parameter).collect(Collectors.joining(", ", "(", ")"));
    }

    /// `x: [n] = standard`, where each part may be absent; an output may be a type alone.
    private String parameter(Parameter parameter) {
        String type = parameter.type().map(expressions::type).orElse("");
        String head = parameter.name().map(name -> type.isEmpty() ? name.text() : name + ": " + type).orElse(type);
        return head + parameter.standard().map(s -> " = " + expressions.expression(s)).orElse("");
    }

    private String results(List<Parameter> outputs) {
        return switch (outputs.size()) {
            case 0 -> "";
            case 1 -> " -> " + parameter(outputs.getFirst());
            default -> " -> " + parameters(outputs);
        };
    }

    private static <T> String braces(List<T> entries, Function<T, String> text) {
        return entries.isEmpty()
                ? " { }"
                : entries.stream().map(e -> ExpressionPrinter.STEP + text.apply(e) + "\n").collect(Collectors.joining("", " {\n", "}"));
    }

    static String names(List<Declaration.Name> names) {
        return names.stream().map(Declaration.Name::text).collect(Collectors.joining(", "));
    }

    static String doc(Optional<String> doc, String indent) {
        return doc.map(text -> text.lines().map(line -> ("/// " + line).stripTrailing() + "\n" + indent).collect(Collectors.joining()))
                .orElse("");
    }
}
