package nnet.compiler.code;

import static nnet.compiler.code.Expression.demand;

import org.objectweb.asm.Opcodes;

/// `array.length`
public record ArrayLength(Expression array) implements Expression {

    public ArrayLength {
        demand(array.type().isArray(), "%s is no array", array);
    }

    @Override
    public Type type() {
        return Type.INT;
    }

    @Override
    public void emit(Frame frame) {
        array.emit(frame);
        frame.out.visitInsn(Opcodes.ARRAYLENGTH);
    }

    @Override
    public String toString() {
        return array + ".length";
    }
}
