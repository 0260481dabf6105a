package nnet.compiler.emit;

import java.util.List;
import java.util.stream.Collectors;
import nnet.compiler.emit.NetworkClass.Member;

/// The API class as Java text with documentation: compiled beside the `$Code` class it is the same as the class file. Builds give it to the Java compiler, so that
/// editors know it like any other source.
final class SourceText {

    private SourceText() {
    }

    static String write(Description network, List<Member> members) {
        int dot = network.name().lastIndexOf('.');
        String simpleName = network.name().substring(dot + 1);
        String methods = members.stream().map(member -> comment(member.comment()) + member.method()).collect(Collectors.joining("\n\n"));
        return """
                %1$s
                import java.io.IOException;
                import java.nio.file.Path;
                import nnet.runtime.CompiledNetwork;
                import nnet.runtime.NetworkCode;

                %2$s@SuppressWarnings("serial")
                public final class %3$s extends CompiledNetwork {

                    private static final NetworkCode CODE = new %3$s$Code();

                    private %3$s() {
                        super(CODE);
                    }

                %4$s}
                """.formatted(dot < 0 ? "" : "package " + network.name().substring(0, dot) + ";\n", comment(classComment(network)),
                simpleName,
                methods.indent(4).lines().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n")));
    }

    private static String classComment(Description network) {
        StringBuilder text = new StringBuilder(
                network.comment().isBlank() ? "A network compiled by nnc " + network.version() + "." : network.comment().strip());
        text.append("\n\n");
        network.inputs().forEach(
                port -> text.append("Input {@code ").append(port.name()).append("}: ").append(Comments.value(port, false)).append(".\n"));
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
