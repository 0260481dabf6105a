package nnet.compiler.code;

import static nnet.compiler.code.Expression.demand;

import java.util.List;

/// A call: `Owner.method(a, b)`, or `object.method(a, b)` with the object as the first operand; a constructor among these is `super(a, b)`.
public record Invocation(Method method, List<Expression> operands) implements Expression {

    public Invocation {
        operands = List.copyOf(operands);
        int first = method.kind() == Method.Kind.STATIC ? 0 : 1;
        demand(operands.size() == method.parameters().size() + first, "%s takes %s arguments", method.name(), method.parameters().size());
        for (int i = first; i < operands.size(); i++) {
            Type parameter = method.parameters().get(i - first);
            Type argument = operands.get(i).type();
            demand(parameter.equals(argument) || parameter.isReference() && argument.isReference(), "%s of %s takes %s, not %s", i - first,
                    method.name(), parameter, argument);
        }
    }

    @Override
    public Type type() {
        return method.result();
    }

    @Override
    public void emit(Frame frame) {
        operands.forEach(operand -> operand.emit(frame));
        frame.out.visitMethodInsn(method.opcode(), method.owner().internalName(), method.name(), method.descriptor(),
                method.kind() == Method.Kind.INTERFACE);
    }

    @Override
    public String toString() {
        return switch (method.kind()) {
            case STATIC -> method.owner() + "." + method.name() + Printing.arguments(operands);
            case VIRTUAL, INTERFACE -> operands.getFirst() + "." + method.name() + Printing.arguments(operands.subList(1, operands.size()));
            case SPECIAL -> (method.name().equals("<init>") ? "super" : "super." + method.name())
                    + Printing.arguments(operands.subList(1, operands.size()));
        };
    }
}
