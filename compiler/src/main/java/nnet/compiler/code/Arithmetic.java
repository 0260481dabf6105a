package nnet.compiler.code;

import static nnet.compiler.code.Expression.constant;
import static nnet.compiler.code.Expression.demand;

import org.objectweb.asm.Opcodes;

/// `(left + right)` and the other operators on two numbers of one type; shifts take an `int` on the right.
public record Arithmetic(Operator operator, Expression left, Expression right) implements Expression {

    public enum Operator {
        ADD("+", Opcodes.IADD),
        SUBTRACT("-", Opcodes.ISUB),
        MULTIPLY("*", Opcodes.IMUL),
        DIVIDE("/", Opcodes.IDIV),
        REMAINDER("%", Opcodes.IREM),
        AND("&", Opcodes.IAND),
        OR("|", Opcodes.IOR),
        XOR("^", Opcodes.IXOR),
        SHIFT_LEFT("<<", Opcodes.ISHL),
        SHIFT_RIGHT(">>>", Opcodes.IUSHR),
        ARITHMETIC_SHIFT_RIGHT(">>", Opcodes.ISHR);

        private final String sign;
        private final int opcode;

        Operator(String sign, int opcode) {
            this.sign = sign;
            this.opcode = opcode;
        }

        boolean isShift() {
            return compareTo(SHIFT_LEFT) >= 0;
        }

        boolean isBitwise() {
            return compareTo(AND) >= 0;
        }
    }

    public Arithmetic {
        demand(left.type().isPrimitive() && !left.type().equals(Type.VOID), "%s is no number", left);
        demand(right.type().equals(operator.isShift() ? Type.INT : left.type()), "%s %s %s: types differ", left, operator.sign, right);
        demand(!operator.isBitwise() || left.type().isInteger() || left.type().equals(Type.LONG), "%s has no bits", left);
    }

    /// The node, or less where the operands are known `int` values.
    public static Expression of(Operator operator, Expression left, Expression right) {
        if (left instanceof Constant(Type _, Integer a) && right instanceof Constant(Type _, Integer b)) {
            return switch (operator) {
                case ADD -> constant(a + b);
                case SUBTRACT -> constant(a - b);
                case MULTIPLY -> constant(a * b);
                case DIVIDE -> b == 0 ? new Arithmetic(operator, left, right) : constant(a / b);
                case REMAINDER, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT -> new Arithmetic(operator, left, right);
            };
        }
        if (right instanceof Constant(Type _, Integer b)) {
            if (b == 0 && (operator == Operator.ADD || operator == Operator.SUBTRACT) || b == 1 && operator == Operator.MULTIPLY) {
                return left;
            }
            if (b == 0 && operator == Operator.MULTIPLY) {
                return right;
            }
        }
        if (left instanceof Constant(Type _, Integer _) && (operator == Operator.ADD || operator == Operator.MULTIPLY)) {
            return of(operator, right, left);
        }
        return new Arithmetic(operator, left, right);
    }

    @Override
    public Type type() {
        return left.type();
    }

    @Override
    public void emit(Frame frame) {
        left.emit(frame);
        right.emit(frame);
        frame.out.visitInsn(type().opcode(operator.opcode));
    }

    @Override
    public String toString() {
        return "(" + left + " " + operator.sign + " " + right + ")";
    }
}
