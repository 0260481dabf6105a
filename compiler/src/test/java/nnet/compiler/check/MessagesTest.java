package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import nnet.compiler.Golden;
import nnet.compiler.source.DiagnosticRenderer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MessagesTest {

    @TestFactory
    Stream<DynamicTest> each_mistake_gets_its_message() throws IOException {
        return Golden.in("nnet/compiler/check/errors").stream().map(golden -> DynamicTest.dynamicTest(golden.name(), () -> {
            Checked checked = Library.check(golden.name().replace(".txt", ".nnet"), golden.input(), Map.of());
            assertTrue(checked.model().isEmpty());
            golden.assertProduces(DiagnosticRenderer.plain().render(checked.diagnostics()));
        }));
    }
}
