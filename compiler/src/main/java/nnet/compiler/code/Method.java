package nnet.compiler.code;

import java.util.List;
import org.objectweb.asm.Opcodes;

/// A method that can be called, by name and types.
public record Method(Kind kind, Type owner, String name, List<Type> parameters, Type result) {

    public enum Kind {
        STATIC, VIRTUAL, INTERFACE, SPECIAL
    }

    public Method {
        parameters = List.copyOf(parameters);
    }

    public static Method ofClass(Type owner, String name, Type result, Type... parameters) {
        return new Method(Kind.STATIC, owner, name, List.of(parameters), result);
    }

    public static Method ofObject(Type owner, String name, Type result, Type... parameters) {
        return new Method(Kind.VIRTUAL, owner, name, List.of(parameters), result);
    }

    public static Method ofInterface(Type owner, String name, Type result, Type... parameters) {
        return new Method(Kind.INTERFACE, owner, name, List.of(parameters), result);
    }

    public static Method constructor(Type owner, Type... parameters) {
        return new Method(Kind.SPECIAL, owner, "<init>", List.of(parameters), Type.VOID);
    }

    public String descriptor() {
        StringBuilder descriptor = new StringBuilder("(");
        parameters.forEach(parameter -> descriptor.append(parameter.descriptor()));
        return descriptor.append(')').append(result.descriptor()).toString();
    }

    int opcode() {
        return switch (kind) {
            case STATIC -> Opcodes.INVOKESTATIC;
            case VIRTUAL -> Opcodes.INVOKEVIRTUAL;
            case INTERFACE -> Opcodes.INVOKEINTERFACE;
            case SPECIAL -> Opcodes.INVOKESPECIAL;
        };
    }
}
