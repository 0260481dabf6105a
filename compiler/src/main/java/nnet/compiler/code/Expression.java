package nnet.compiler.code;

import java.util.ArrayList;
import java.util.List;

/// A Java expression: it has a type, prints as Java and leaves its value on the stack.
public sealed interface Expression
        permits Local, Constant, Arithmetic, Negation, Condition, Conditional, Cast, ArrayElement, ArrayLength, NewArray,
        FieldValue, Invocation, NewObject, ClassLiteral, This {

    Type type();

    /// Writes the instructions that push the value.
    void emit(Frame frame);

    static Expression constant(int value) {
        return new Constant(Type.INT, value);
    }

    static Expression constant(long value) {
        return new Constant(Type.LONG, value);
    }

    static Expression constant(float value) {
        return new Constant(Type.FLOAT, value);
    }

    static Expression constant(double value) {
        return new Constant(Type.DOUBLE, value);
    }

    static Expression constant(boolean value) {
        return new Constant(Type.BOOLEAN, value);
    }

    static Expression constant(String value) {
        return new Constant(Type.STRING, value);
    }

    /// `left + right`; constants of an index are folded, so that generated text stays short.
    static Expression add(Expression left, Expression right) {
        return Arithmetic.of(Arithmetic.Operator.ADD, left, right);
    }

    static Expression subtract(Expression left, Expression right) {
        return Arithmetic.of(Arithmetic.Operator.SUBTRACT, left, right);
    }

    static Expression multiply(Expression left, Expression right) {
        return Arithmetic.of(Arithmetic.Operator.MULTIPLY, left, right);
    }

    static Expression less(Expression left, Expression right) {
        return new Condition.Compare(Condition.Relation.LESS, left, right);
    }

    default Expression at(Expression index) {
        return new ArrayElement(this, index);
    }

    default Expression get(Field field) {
        return new FieldValue(List.of(this), field);
    }

    static Expression get(Type owner, String name, Type type) {
        return new FieldValue(List.of(), Field.ofClass(owner, name, type));
    }

    default Expression cast(Type type) {
        return new Cast(type, this);
    }

    /// A call on this object.
    default Invocation invoke(Method method, Expression... arguments) {
        List<Expression> all = new ArrayList<>();
        all.add(this);
        all.addAll(List.of(arguments));
        return new Invocation(method, all);
    }

    /// A call of a static method.
    static Invocation call(Method method, Expression... arguments) {
        return new Invocation(method, List.of(arguments));
    }

    static boolean isConstant(Expression expression) {
        return expression instanceof Constant;
    }

    static void demand(boolean condition, String message, Object... details) {
        if (!condition) {
            throw new IllegalArgumentException(message.formatted(details));
        }
    }
}
