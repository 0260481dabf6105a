package nnet.compiler.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import nnet.compiler.Golden;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.DiagnosticRenderer;
import nnet.compiler.source.Source;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SyntaxErrorsTest {

    @TestFactory
    Stream<DynamicTest> each_mistake_gets_its_message() throws IOException {
        return Golden.in("nnet/compiler/parse/errors").stream().map(golden -> DynamicTest.dynamicTest(golden.name(), () -> {
            Parsed parsed = Parser.parse(new Source(golden.name().replace(".txt", ".nnet"), golden.input()));
            assertTrue(parsed.hasErrors());
            golden.assertProduces(DiagnosticRenderer.plain().render(parsed.diagnostics()));
        }));
    }

    @Test
    void declarations_without_a_mistake_are_kept() {
        Parsed parsed = Parser.parse(new Source("some.nnet", "fn a(x) = x x\nfn b(x) = x\nfn c(x) = (x\nfn d(x) = x\n"));
        assertEquals(2, parsed.diagnostics().size());
        assertEquals(4, parsed.file().declarations().size(),
                "what could be read before the second x, and what was read behind a repaired bracket");
    }

    @Test
    void neurophs_binary_files_are_recognised() {
        for (String magic : new String[]{"\uFFFD\uFFFD\u0000\u0005sr", "\u00AC\u00ED\u0000\u0005sr"}) {
            Parsed parsed = Parser.parse(new Source("net.nnet", magic));
            assertEquals(1, parsed.diagnostics().size());
            assertTrue(parsed.diagnostics().getFirst().title().contains("Neuroph"));
        }
    }

    @Test
    void what_is_no_text_gets_one_message() {
        for (String bytes : new String[]{"\uFFFDELF\u0002\u0001\u0000(", "\uFFFD\uFFFDn\u0000e\u0000t\u0000w\u0000o\u0000r\u0000k\u0000"}) {
            Parsed parsed = Parser.parse(new Source("some.nnet", bytes));
            assertEquals(List.of("this is no text in UTF-8"), parsed.diagnostics().stream().map(Diagnostic::title).toList());
        }
    }

    @Test
    void comments_and_numbers_alone_are_not_the_format_of_acas_xu() {
        assertFalse(Parser.parse(new Source("a.nnet", "// 1, 2\nfn f(x) = x\n")).hasErrors());
    }
}
