package nnet.compiler.code;

import org.objectweb.asm.Opcodes;

/// `this`
public record This(Type type) implements Expression {

    @Override
    public void emit(Frame frame) {
        frame.out.visitVarInsn(Opcodes.ALOAD, 0);
    }

    @Override
    public String toString() {
        return "this";
    }
}
