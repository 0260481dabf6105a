package nnet.compiler.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.CheckClassAdapter;

/// Checks what code computes and how it reads, in one go.
final class Evaluated {

    private static final Type OWNER = Type.of("test.Evaluated");

    private Evaluated() {
    }

    static void assertExpression(Object value, String text, Expression expression) {
        assertEquals(text, expression.toString());
        assertEquals(value, call(load(valueOf(expression.type(), List.of(Statement.result(expression))))));
    }

    /// Statements whose last one returns a value.
    static void assertBody(Object value, String text, Type type, Statement... body) {
        MethodCode method = valueOf(type, List.of(body));
        assertEquals(text.strip(), method.toString());
        assertEquals(value, call(load(method)));
    }

    private static MethodCode valueOf(Type type, List<Statement> body) {
        return new MethodCode(Set.of(Modifier.PUBLIC, Modifier.STATIC), "value", List.of(), type, body);
    }

    private static Class<?> load(MethodCode method) {
        return load(new ClassCode(Set.of(Modifier.PUBLIC), OWNER, Type.OBJECT, List.of(), Optional.empty(), List.of(), List.of(method)));
    }

    /// Verifies and loads a class.
    static Class<?> load(ClassCode code) {
        byte[] bytes = code.toBytes();
        StringWriter report = new StringWriter();
        CheckClassAdapter.verify(new ClassReader(bytes), Evaluated.class.getClassLoader(), false, new PrintWriter(report));
        assertTrue(report.toString().isEmpty(), report::toString);
        return new ClassLoader(Evaluated.class.getClassLoader()) {
            Class<?> define() {
                return defineClass(null, bytes, 0, bytes.length);
            }
        }.define();
    }

    private static Object call(Class<?> type) {
        try {
            return type.getMethod("value").invoke(null);
        } catch (ReflectiveOperationException problem) {
            throw new AssertionError(problem);
        }
    }
}
