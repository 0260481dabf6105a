package nnet.compiler.code;

import static nnet.compiler.code.Expression.demand;

import java.util.List;
import org.objectweb.asm.Opcodes;

/// `new Owner(a, b)`
public record NewObject(Method constructor, List<Expression> arguments) implements Expression {

    public NewObject {
        arguments = List.copyOf(arguments);
        demand(arguments.size() == constructor.parameters().size(), "new %s takes %s arguments", constructor.owner(),
                constructor.parameters().size());
    }

    @Override
    public Type type() {
        return constructor.owner();
    }

    @Override
    public void emit(Frame frame) {
        frame.out.visitTypeInsn(Opcodes.NEW, type().internalName());
        frame.out.visitInsn(Opcodes.DUP);
        arguments.forEach(argument -> argument.emit(frame));
        frame.out.visitMethodInsn(Opcodes.INVOKESPECIAL, type().internalName(), "<init>", constructor.descriptor(), false);
    }

    @Override
    public String toString() {
        return "new " + type() + Printing.arguments(arguments);
    }
}
