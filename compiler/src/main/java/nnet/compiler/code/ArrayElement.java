package nnet.compiler.code;

import static nnet.compiler.code.Expression.demand;

import org.objectweb.asm.Opcodes;

/// `array[index]`
public record ArrayElement(Expression array, Expression index) implements Expression {

    public ArrayElement {
        demand(array.type().isArray(), "%s is no array", array);
        demand(index.type().equals(Type.INT), "%s is no index", index);
    }

    @Override
    public Type type() {
        return array.type().element();
    }

    @Override
    public void emit(Frame frame) {
        array.emit(frame);
        index.emit(frame);
        frame.out.visitInsn(type().opcode(Opcodes.IALOAD));
    }

    @Override
    public String toString() {
        return array + "[" + Printing.bare(index) + "]";
    }
}
