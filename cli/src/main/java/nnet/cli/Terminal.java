package nnet.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.DiagnosticRenderer;
import nnet.compiler.source.Span;

/// Where the program writes: results to `out`, everything that is about the run (messages, progress) to `err`.
///
/// @param interactive whether a person watches, so that a line may be written over; otherwise no control code is ever written
/// @param colour      whether colours are welcome
record Terminal(PrintStream out, PrintStream err, boolean interactive, boolean colour) {

    /// The terminal or the files that this process was started with. `NO_COLOR` (https://no-color.org) is obeyed.
    static Terminal ofProcess() {
        Console console = System.console();
        boolean interactive = console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
        boolean colour = interactive && (System.getenv("NO_COLOR") == null || System.getenv("NO_COLOR").isEmpty());
        return new Terminal(stream(FileDescriptor.out), errors(), interactive, colour);
    }

    /// The script `nnc` filters what the JVM itself says at its start, and tells by this property which of its open files people read. Opening that again by a name would
    /// begin at the start of a file, and fail for a socket.
    private static PrintStream errors() {
        Integer number = Integer.getInteger("nnc.stderr");
        if (number == null) {
            return stream(FileDescriptor.err);
        }
        try {
            Constructor<FileDescriptor> opened = FileDescriptor.class.getDeclaredConstructor(int.class);
            opened.setAccessible(true);
            PrintStream errors = stream(opened.newInstance(number));
            System.setErr(errors);
            return errors;
        } catch (ReflectiveOperationException | InaccessibleObjectException _) {
            return stream(FileDescriptor.err);
        }
    }

    /// Messages hold signs beyond ASCII, whatever the locale is.
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    void show(List<Diagnostic> diagnostics) {
        DiagnosticRenderer renderer = colour ? DiagnosticRenderer.coloured() : DiagnosticRenderer.plain();
        err.print(renderer.render(diagnostics));
        long errors = diagnostics.stream().filter(Diagnostic::isError).count();
        if (errors > 1) {
            err.println(errors + " errors");
        }
    }

    /// A message without a place in a source.
    void error(String title, String hint) {
        Diagnostic diagnostic = Diagnostic.error(title, Span.NONE, "");
        show(List.of(hint.isEmpty() ? diagnostic : diagnostic.hint(hint)));
    }
}
