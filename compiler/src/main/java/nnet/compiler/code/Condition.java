package nnet.compiler.code;

import static nnet.compiler.code.Expression.demand;

import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/// A truth value made by comparing or combining. It rather jumps than pushes a value; the value is there where one is asked for.
public sealed interface Condition extends Expression {

    /// Jumps to `target` if the value is `when`, otherwise falls through.
    void jump(Frame frame, boolean when, Label target);

    @Override
    default Type type() {
        return Type.BOOLEAN;
    }

    @Override
    default void emit(Frame frame) {
        Label isFalse = new Label();
        Label end = new Label();
        jump(frame, false, isFalse);
        frame.constant(1);
        frame.out.visitJumpInsn(Opcodes.GOTO, end);
        frame.out.visitLabel(isFalse);
        frame.constant(0);
        frame.out.visitLabel(end);
    }

    /// Jumps on any expression of type `boolean`.
    static void jump(Expression condition, Frame frame, boolean when, Label target) {
        if (condition instanceof Condition jumping) {
            jumping.jump(frame, when, target);
        } else {
            demand(condition.type().equals(Type.BOOLEAN), "%s is no condition", condition);
            condition.emit(frame);
            frame.out.visitJumpInsn(when ? Opcodes.IFNE : Opcodes.IFEQ, target);
        }
    }

    enum Relation {
        EQUAL("==", Opcodes.IFEQ),
        NOT_EQUAL("!=", Opcodes.IFNE),
        LESS("<", Opcodes.IFLT),
        GREATER_EQUAL(">=", Opcodes.IFGE),
        GREATER(">", Opcodes.IFGT),
        LESS_EQUAL("<=", Opcodes.IFLE);

        private final String sign;
        private final int opcode;

        Relation(String sign, int opcode) {
            this.sign = sign;
            this.opcode = opcode;
        }

        /// The jump taken when the relation does not hold. (The opcodes come in such pairs, from an odd number on.)
        private int inverse() {
            return ((opcode + 1) ^ 1) - 1;
        }
    }

    /// `left < right`; any relation but `!=` is false if an operand is NaN.
    record Compare(Relation relation, Expression left, Expression right) implements Condition {

        public Compare {
            demand(left.type().equals(right.type()) && left.type().isPrimitive(), "%s and %s cannot be compared", left, right);
        }

        @Override
        public void jump(Frame frame, boolean when, Label target) {
            int opcode = when ? relation.opcode : relation.inverse();
            left.emit(frame);
            if (left.type().isInteger()) {
                if (right instanceof Constant(Type _, Integer zero) && zero == 0) {
                    frame.out.visitJumpInsn(opcode, target);
                } else {
                    right.emit(frame);
                    frame.out.visitJumpInsn(opcode - Opcodes.IFEQ + Opcodes.IF_ICMPEQ, target);
                }
            } else {
                right.emit(frame);
                frame.out.visitInsn(comparison());
                frame.out.visitJumpInsn(opcode, target);
            }
        }

        /// Of the two float comparisons the one that makes NaN fail the relation.
        private int comparison() {
            boolean less = relation == Relation.LESS || relation == Relation.LESS_EQUAL;
            return switch (left.type().descriptor()) {
                case "J" -> Opcodes.LCMP;
                case "F" -> less ? Opcodes.FCMPG : Opcodes.FCMPL;
                case "D" -> less ? Opcodes.DCMPG : Opcodes.DCMPL;
                default -> throw new IllegalStateException("no comparison of " + left.type());
            };
        }

        @Override
        public String toString() {
            return "(" + left + " " + relation.sign + " " + right + ")";
        }
    }

    /// `!operand`
    record Not(Expression operand) implements Condition {
        @Override
        public void jump(Frame frame, boolean when, Label target) {
            Condition.jump(operand, frame, !when, target);
        }

        @Override
        public String toString() {
            return "!" + operand;
        }
    }

    /// `left && right`: the right side is evaluated only where it matters.
    record And(Expression left, Expression right) implements Condition {
        @Override
        public void jump(Frame frame, boolean when, Label target) {
            if (when) {
                Label end = new Label();
                Condition.jump(left, frame, false, end);
                Condition.jump(right, frame, true, target);
                frame.out.visitLabel(end);
            } else {
                Condition.jump(left, frame, false, target);
                Condition.jump(right, frame, false, target);
            }
        }

        @Override
        public String toString() {
            return "(" + left + " && " + right + ")";
        }
    }

    /// `left || right`
    record Or(Expression left, Expression right) implements Condition {
        @Override
        public void jump(Frame frame, boolean when, Label target) {
            new And(new Not(left), new Not(right)).jump(frame, !when, target);
        }

        @Override
        public String toString() {
            return "(" + left + " || " + right + ")";
        }
    }
}
