package nnet.compiler.code;

import static nnet.compiler.code.Expression.demand;

import java.util.List;
import org.objectweb.asm.Opcodes;

/// `object.field`, or `Owner.field` where there is no object.
public record FieldValue(List<Expression> object, Field field) implements Expression {

    public FieldValue {
        object = List.copyOf(object);
        demand(object.size() == (field.isStatic() ? 0 : 1), "%s: an object belongs to a field that is not static", field.name());
    }

    @Override
    public Type type() {
        return field.type();
    }

    @Override
    public void emit(Frame frame) {
        object.forEach(o -> o.emit(frame));
        frame.out.visitFieldInsn(field.isStatic() ? Opcodes.GETSTATIC : Opcodes.GETFIELD, field.owner().internalName(), field.name(),
                field.type().descriptor());
    }

    @Override
    public String toString() {
        return (field.isStatic() ? field.owner() : object.getFirst()) + "." + field.name();
    }
}
