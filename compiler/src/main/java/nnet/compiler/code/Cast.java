package nnet.compiler.code;

import static nnet.compiler.code.Expression.demand;

import org.objectweb.asm.Opcodes;

/// `((float) operand)`: conversion between numbers as Java does it, or a checked cast of a reference.
public record Cast(Type type, Expression operand) implements Expression {

    public Cast {
        demand(type.isPrimitive() == operand.type().isPrimitive(), "%s cannot become %s", operand, type);
        demand(!type.isPrimitive() || instruction(operand.type(), type) >= 0, "%s cannot become %s", operand, type);
    }

    @Override
    public void emit(Frame frame) {
        operand.emit(frame);
        if (type.isReference()) {
            frame.out.visitTypeInsn(Opcodes.CHECKCAST, type.internalName());
        } else if (!type.equals(operand.type())) {
            frame.out.visitInsn(instruction(operand.type(), type));
        }
    }

    private static int instruction(Type from, Type to) {
        return switch (from.descriptor() + to.descriptor()) {
            case "II", "JJ", "FF", "DD" -> Opcodes.NOP;
            case "IJ" -> Opcodes.I2L;
            case "IF" -> Opcodes.I2F;
            case "ID" -> Opcodes.I2D;
            case "JI" -> Opcodes.L2I;
            case "JF" -> Opcodes.L2F;
            case "JD" -> Opcodes.L2D;
            case "FI" -> Opcodes.F2I;
            case "FJ" -> Opcodes.F2L;
            case "FD" -> Opcodes.F2D;
            case "DI" -> Opcodes.D2I;
            case "DJ" -> Opcodes.D2L;
            case "DF" -> Opcodes.D2F;
            default -> -1;
        };
    }

    @Override
    public String toString() {
        return "((" + type + ") " + operand + ")";
    }
}
