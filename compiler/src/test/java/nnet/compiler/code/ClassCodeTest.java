package nnet.compiler.code;

import static nnet.compiler.code.Expression.add;
import static nnet.compiler.code.Expression.constant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class ClassCodeTest {

    private static final Type TYPE = Type.of("test.Adder");
    private static final Type OPERATOR = Type.of("java.util.function.IntUnaryOperator");

    private final Local x = new Local("x", Type.INT);
    private final FieldCode five = new FieldCode(Set.of(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL), "FIVE", Type.INT,
            Optional.of(constant(5)));
    private final MethodCode constructor = new MethodCode(Set.of(Modifier.PUBLIC), "<init>", List.of(), Type.VOID,
            List.of(new Statement.Evaluate(new This(Type.OBJECT).invoke(Method.constructor(Type.OBJECT)))));

    @Test
    void aClassWithAFieldAConstructorAndAnInterface() throws ReflectiveOperationException {
        MethodCode apply = new MethodCode(Set.of(Modifier.PUBLIC), "applyAsInt", List.of(x), Type.INT,
                List.of(Statement.result(add(x, Expression.get(TYPE, "FIVE", Type.INT)))));
        ClassCode code = new ClassCode(Set.of(Modifier.PUBLIC, Modifier.FINAL), TYPE, Type.OBJECT, List.of(OPERATOR), Optional.empty(),
                List.of(five),
                List.of(constructor, apply));
        assertEquals("""
                public final class Adder extends Object implements IntUnaryOperator {

                    private static final int FIVE = 5;

                    public Adder() {
                        super();
                    }

                    public int applyAsInt(int x) {
                        return x + Adder.FIVE;
                    }
                }
                """, code.toString());
        IntUnaryOperator adder = (IntUnaryOperator) Evaluated.load(code).getConstructor().newInstance();
        assertEquals(12, adder.applyAsInt(7));
    }

    @Test
    void stackTracesNameTheSource() throws ReflectiveOperationException {
        Expression exception = new NewObject(Method.constructor(Type.of("java.lang.IllegalStateException")), List.of());
        MethodCode fail = new MethodCode(Set.of(Modifier.PUBLIC, Modifier.STATIC), "fail", List.of(), Type.VOID,
                List.of(new Statement.Line(17), new Statement.Throw(exception)));
        ClassCode code = new ClassCode(Set.of(Modifier.PUBLIC), TYPE, Type.OBJECT, List.of(), Optional.of("digits.nnet"), List.of(),
                List.of(fail));
        var thrown = assertThrows(InvocationTargetException.class, () -> Evaluated.load(code).getMethod("fail").invoke(null));
        assertEquals("test.Adder.fail(digits.nnet:17)", thrown.getCause().getStackTrace()[0].toString().replaceFirst("^.*/", ""));
    }
}
