package nnet.tests.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// A `java` block: a whole file, or statements, which are then put into a method.
final class JavaBlock {
    private static final Pattern WHOLE_FILE = Pattern.compile(
            "^(package|(public |final |sealed |abstract )*(class|record|interface|enum)) ",
            Pattern.MULTILINE);
    private static final Pattern IMPORT = Pattern.compile("^import .*;\\R?", Pattern.MULTILINE);
    private static final Pattern PUBLIC_TYPE = Pattern
            .compile("public (?:final |sealed |abstract )*(?:class|record|interface|enum) (\\w+)");

    private JavaBlock() {}

    /// The compiler's complaints; empty if it is content.
    static List<String> problems(String text) {
        String source = WHOLE_FILE.matcher(text).find() ? text : wrapped(text);
        var name = PUBLIC_TYPE.matcher(source);
        var file = new SimpleJavaFileObject(URI.create("string:///" + (name.find() ? name.group(1) : "Block") + ".java"),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        var problems = new DiagnosticCollector<JavaFileObject>();
        try {
            List<String> options = List.of("-proc:none", "-d", Files.createTempDirectory("documentation").toString(), "-classpath",
                    System.getProperty("java.class.path"));
            ToolProvider.getSystemJavaCompiler().getTask(null, null, problems, options, null, List.of(file)).call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return problems.getDiagnostics().stream().filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR).map(Object::toString)
                .toList();
    }

    private static String wrapped(String statements) {
        StringBuilder imports = new StringBuilder();
        IMPORT.matcher(statements).results().forEach(found -> imports.append(found.group()));
        return imports + "class Block { void run() throws Exception {\n" + IMPORT.matcher(statements).replaceAll("") + "}}\n";
    }
}
