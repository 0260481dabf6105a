package nnet.compiler.code;

import static nnet.compiler.code.Expression.demand;

import org.objectweb.asm.Opcodes;

/// `-operand`
public record Negation(Expression operand) implements Expression {

    public Negation {
        demand(operand.type().isPrimitive() && !operand.type().equals(Type.BOOLEAN), "%s is no number", operand);
    }

    @Override
    public Type type() {
        return operand.type();
    }

    @Override
    public void emit(Frame frame) {
        operand.emit(frame);
        frame.out.visitInsn(type().opcode(Opcodes.INEG));
    }

    @Override
    public String toString() {
        return "(-" + operand + ")";
    }
}
