package nnet.compiler.code;

import static nnet.compiler.code.Expression.demand;

import org.objectweb.asm.Opcodes;

/// `new float[length]`
public record NewArray(Type element, Expression length) implements Expression {

    public NewArray {
        demand(length.type().equals(Type.INT), "%s is no length", length);
    }

    @Override
    public Type type() {
        return element.array();
    }

    @Override
    public void emit(Frame frame) {
        length.emit(frame);
        if (element.isPrimitive()) {
            frame.out.visitIntInsn(Opcodes.NEWARRAY, element.newArrayOperand());
        } else {
            frame.out.visitTypeInsn(Opcodes.ANEWARRAY, element.internalName());
        }
    }

    @Override
    public String toString() {
        return "new " + element + "[" + Printing.bare(length) + "]";
    }
}
