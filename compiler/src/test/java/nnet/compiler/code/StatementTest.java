package nnet.compiler.code;

import static nnet.compiler.code.Evaluated.assertBody;
import static nnet.compiler.code.Expression.add;
import static nnet.compiler.code.Expression.constant;
import static nnet.compiler.code.Expression.less;
import static nnet.compiler.code.Statement.block;
import static nnet.compiler.code.Statement.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatementTest {

    private final Local sum = new Local("sum", Type.INT);
    private final Local i = new Local("i", Type.INT);

    @Test
    void aCountedLoop() {
        assertBody(10, """
                public static int value() {
                    int sum = 0;
                    for (int i = 0; i < 5; i++) {
                        sum = sum + i;
                    }
                    return sum;
                }
                """, Type.INT, new Statement.Declare(sum, constant(0)),
                Loop.over(i, constant(0), constant(5), 1, List.of(new Statement.Assign(sum, add(sum, i)))), result(sum));
    }

    @Test
    void aLoopWhileAConditionHolds() {
        assertBody(8, """
                public static int value() {
                    int sum = 1;
                    while (sum < 5) {
                        sum = sum + sum;
                    }
                    return sum;
                }
                """, Type.INT, new Statement.Declare(sum, constant(1)),
                new While(less(sum, constant(5)), List.of(new Statement.Assign(sum, add(sum, sum)))), result(sum));
    }

    @Test
    void aLoopThatKeepsItsIndex() {
        assertBody(12, """
                public static int value() {
                    int i = 100;
                    for (i = 0; i < 10; i += 4) {
                    }
                    return i;
                }
                """, Type.INT, new Statement.Declare(i, constant(100)), new Loop(i, false, constant(0), constant(10), 4, List.of()),
                result(i));
    }

    @Test
    void aChoice() {
        assertBody(2, """
                public static int value() {
                    int sum = 0;
                    if (3 < 2) {
                        sum = 1;
                    } else {
                        sum = 2;
                    }
                    return sum;
                }
                """, Type.INT, new Statement.Declare(sum, constant(0)),
                new Statement.If(less(constant(3), constant(2)), block(new Statement.Assign(sum, constant(1))),
                        Optional.of(block(new Statement.Assign(sum, constant(2))))),
                result(sum));
    }

    @Test
    void aSwitchDoesNotFallThrough() {
        assertBody(20, """
                public static int value() {
                    int sum = 0;
                    switch (1) {
                        case 0 -> {
                            sum = 10;
                        }
                        case 1 -> {
                            sum = 20;
                        }
                        default -> {
                            sum = 30;
                        }
                    }
                    return sum;
                }
                """, Type.INT, new Statement.Declare(sum, constant(0)),
                new Switch(constant(1),
                        List.of(block(new Statement.Assign(sum, constant(10))), block(new Statement.Assign(sum, constant(20)))),
                        block(new Statement.Assign(sum, constant(30)))),
                result(sum));
    }

    @Test
    void elementsOfArraysAndLocalsOfTwoSlots() {
        Local array = new Local("array", Type.DOUBLE.array());
        Local x = new Local("x", Type.DOUBLE);
        assertBody(3.5, """
                public static double value() {
                    double x = 3.5;
                    double[] array = new double[2];
                    array[1] = x;
                    return array[1];
                }
                """, Type.DOUBLE, new Statement.Declare(x, constant(3.5)),
                new Statement.Declare(array, new NewArray(Type.DOUBLE, constant(2))),
                new Statement.SetElement(array, constant(1), x), result(array.at(constant(1))));
    }

    @Test
    void localsEndWithTheirBlock() {
        Statement inner = block(new Statement.Declare(i, constant(1)));
        Local again = new Local("i", Type.FLOAT);
        assertBody(2f, """
                public static float value() {
                    {
                        int i = 1;
                    }
                    float i = 2.0f;
                    return i;
                }
                """, Type.FLOAT, inner, new Statement.Declare(again, constant(2f)), result(again));
        MethodCode outside = new MethodCode(Set.of(Modifier.STATIC), "value", List.of(), Type.INT, List.of(inner, result(i)));
        assertThrows(IllegalStateException.class, outside::size);
    }

    @Test
    void aMethodKnowsItsSize() {
        MethodCode method = new MethodCode(Set.of(Modifier.STATIC), "value", List.of(), Type.INT, List.of(result(constant(1))));
        assertEquals(2, method.size(), "iconst_1, ireturn");
    }
}
