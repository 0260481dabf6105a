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
        // Java writes the length behind the innermost type: new int[3][].
        String name = element.toString();
        int end = name.indexOf('[') < 0 ? name.length() : name.indexOf('[');
        return "new " + name.substring(0, end) + "[" + Printing.bare(length) + "]" + name.substring(end);
    }
}
