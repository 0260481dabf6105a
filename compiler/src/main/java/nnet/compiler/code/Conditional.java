package nnet.compiler.code;

import static nnet.compiler.code.Expression.demand;

import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/// `(condition ? then : otherwise)`
public record Conditional(Expression condition, Expression then, Expression otherwise) implements Expression {

    public Conditional {
        demand(then.type().equals(otherwise.type()), "%s and %s have different types", then, otherwise);
    }

    @Override
    public Type type() {
        return then.type();
    }

    @Override
    public void emit(Frame frame) {
        Label isFalse = new Label();
        Label end = new Label();
        Condition.jump(condition, frame, false, isFalse);
        then.emit(frame);
        frame.out.visitJumpInsn(Opcodes.GOTO, end);
        frame.out.visitLabel(isFalse);
        otherwise.emit(frame);
        frame.out.visitLabel(end);
    }

    @Override
    public String toString() {
        return "(" + condition + " ? " + then + " : " + otherwise + ")";
    }
}
