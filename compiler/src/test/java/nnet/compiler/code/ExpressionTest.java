package nnet.compiler.code;

import static nnet.compiler.code.Evaluated.assertExpression;
import static nnet.compiler.code.Expression.add;
import static nnet.compiler.code.Expression.call;
import static nnet.compiler.code.Expression.constant;
import static nnet.compiler.code.Expression.less;
import static nnet.compiler.code.Expression.multiply;
import static nnet.compiler.code.Expression.subtract;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import nnet.compiler.code.Arithmetic.Operator;
import nnet.compiler.code.Condition.Compare;
import nnet.compiler.code.Condition.Relation;
import org.junit.jupiter.api.Test;

class ExpressionTest {

    private static final Type MATH = Type.of("java.lang.Math");

    @Test
    void constantsOfEverySize() {
        assertExpression(5, "5", constant(5));
        assertExpression(-100, "-100", constant(-100));
        assertExpression(30_000, "30000", constant(30_000));
        assertExpression(Integer.MIN_VALUE, "-2147483648", constant(Integer.MIN_VALUE));
        assertExpression(7L, "7L", constant(7L));
        assertExpression(true, "true", constant(true));
        assertExpression("a \"b\"\n", "\"a \\\"b\\\"\\n\"", constant("a \"b\"\n"));
    }

    @Test
    void constantsKeepTheSignOfZero() {
        assertExpression(0f, "0.0f", constant(0f));
        assertExpression(-0f, "-0.0f", constant(-0f));
        assertExpression(-0.0, "-0.0", constant(-0.0));
        assertExpression(Float.NaN, "Float.NaN", constant(Float.NaN));
        assertExpression(Double.NEGATIVE_INFINITY, "Double.NEGATIVE_INFINITY", constant(Double.NEGATIVE_INFINITY));
    }

    @Test
    void arithmetic() {
        assertExpression(10f, "(3.0f + 7.0f)", add(constant(3f), constant(7f)));
        assertExpression(-4.0, "(3.0 - 7.0)", subtract(constant(3.0), constant(7.0)));
        assertExpression(1L, "(7L % 2L)", Arithmetic.of(Operator.REMAINDER, constant(7L), constant(2L)));
        assertExpression(-2f, "(-(4.0f / 2.0f))", new Negation(Arithmetic.of(Operator.DIVIDE, constant(4f), constant(2f))));
        assertExpression(6, "(5 ^ 3)", Arithmetic.of(Operator.XOR, constant(5), constant(3)));
        assertExpression(Integer.MAX_VALUE, "(-1 >>> 1)", Arithmetic.of(Operator.SHIFT_RIGHT, constant(-1), constant(1)));
        assertExpression(-1, "(-1 >> 1)", Arithmetic.of(Operator.ARITHMETIC_SHIFT_RIGHT, constant(-1), constant(1)));
    }

    @Test
    void knownIndicesAreFolded() {
        assertExpression(14, "14", add(constant(2), multiply(constant(3), constant(4))));
        Local i = new Local("i", Type.INT);
        assertEquals("i", add(constant(0), multiply(i, constant(1))).toString());
        assertEquals("0", multiply(i, constant(0)).toString());
    }

    @Test
    void comparisonsAreFalseForNaN() {
        for (Relation relation : List.of(Relation.EQUAL, Relation.LESS, Relation.LESS_EQUAL, Relation.GREATER, Relation.GREATER_EQUAL)) {
            Compare compare = new Compare(relation, constant(Float.NaN), constant(1f));
            assertExpression(false, compare.toString(), compare);
            assertExpression(true, "!" + compare, new Condition.Not(compare));
        }
        assertExpression(true, "(NaN != NaN)".replace("NaN", "Double.NaN"),
                new Compare(Relation.NOT_EQUAL, constant(Double.NaN), constant(Double.NaN)));
    }

    @Test
    void comparisonsOfIntegers() {
        assertExpression(true, "(2 < 3)", less(constant(2), constant(3)));
        assertExpression(false, "(2 >= 3)", new Compare(Relation.GREATER_EQUAL, constant(2), constant(3)));
        assertExpression(true, "(2 != 0)", new Compare(Relation.NOT_EQUAL, constant(2), constant(0)));
        assertExpression(true, "(2L <= 2L)", new Compare(Relation.LESS_EQUAL, constant(2L), constant(2L)));
    }

    @Test
    void conditionsCombine() {
        for (boolean a : new boolean[]{false, true}) {
            for (boolean b : new boolean[]{false, true}) {
                assertExpression(a && b, "(" + a + " && " + b + ")", new Condition.And(constant(a), constant(b)));
                assertExpression(a || b, "(" + a + " || " + b + ")", new Condition.Or(constant(a), constant(b)));
            }
        }
        assertExpression(1, "((2 < 3) ? 1 : 0)", new Conditional(less(constant(2), constant(3)), constant(1), constant(0)));
    }

    @Test
    void conversions() {
        assertExpression(3f, "((float) 3)", constant(3).cast(Type.FLOAT));
        assertExpression(-2, "((int) -2.9)", constant(-2.9).cast(Type.INT));
        assertExpression(0, "((int) Float.NaN)", constant(Float.NaN).cast(Type.INT));
        assertExpression("x", "((String) \"x\")", constant("x").cast(Type.STRING));
    }

    @Test
    void callsOfMethods() {
        Method max = Method.ofClass(MATH, "max", Type.INT, Type.INT, Type.INT);
        assertExpression(7, "Math.max((3 ^ 4), 5)".replace("(3 ^ 4)", "3 ^ 4"),
                call(max, Arithmetic.of(Operator.XOR, constant(3), constant(4)), constant(5)));
        assertExpression(5, "\"three\".length()", constant("three").invoke(Method.ofObject(Type.STRING, "length", Type.INT)));
        assertExpression("abc", "new String(\"abc\")",
                new NewObject(Method.constructor(Type.STRING, Type.STRING), List.of(constant("abc"))));
    }

    @Test
    void arraysAndFields() {
        NewArray array = new NewArray(Type.FLOAT, constant(3));
        assertExpression(3, "new float[3].length", new ArrayLength(array));
        assertExpression(0f, "new float[3][1]", array.at(constant(1)));
        assertExpression(2, "new String[2].length", new ArrayLength(new NewArray(Type.STRING, constant(2))));
        assertExpression(Integer.MAX_VALUE, "Integer.MAX_VALUE", Expression.get(Type.of("java.lang.Integer"), "MAX_VALUE", Type.INT));
    }

    @Test
    void typesAreCheckedWhenANodeIsMade() {
        assertThrows(IllegalArgumentException.class, () -> add(constant(1), constant(1f)));
        assertThrows(IllegalArgumentException.class, () -> less(constant("a"), constant("b")));
        assertThrows(IllegalArgumentException.class, () -> constant(1).at(constant(0)));
        assertThrows(IllegalArgumentException.class, () -> call(Method.ofClass(MATH, "abs", Type.INT, Type.INT), constant(1f)));
        assertThrows(IllegalArgumentException.class, () -> Arithmetic.of(Operator.XOR, constant(1f), constant(1f)));
    }
}
