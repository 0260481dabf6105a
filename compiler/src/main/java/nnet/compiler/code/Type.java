package nnet.compiler.code;

import org.objectweb.asm.Opcodes;

/// A type of the JVM, by its descriptor.
public record Type(String descriptor) {

    public static final Type VOID = new Type("V");
    public static final Type BOOLEAN = new Type("Z");
    public static final Type INT = new Type("I");
    public static final Type LONG = new Type("J");
    public static final Type FLOAT = new Type("F");
    public static final Type DOUBLE = new Type("D");
    public static final Type OBJECT = of("java.lang.Object");
    public static final Type STRING = of("java.lang.String");

    /// The class or interface with a binary name (`java.lang.Math`).
    public static Type of(String binaryName) {
        return new Type("L" + binaryName.replace('.', '/') + ";");
    }

    public Type array() {
        return new Type("[" + descriptor);
    }

    public boolean isArray() {
        return descriptor.startsWith("[");
    }

    public boolean isPrimitive() {
        return descriptor.length() == 1;
    }

    public boolean isReference() {
        return !isPrimitive();
    }

    /// Whether the JVM computes with it as with an `int`.
    public boolean isInteger() {
        return equals(INT) || equals(BOOLEAN);
    }

    /// What an array of this type holds.
    public Type element() {
        if (!isArray()) {
            throw new IllegalStateException(this + " is no array");
        }
        return new Type(descriptor.substring(1));
    }

    /// `java.lang.Math`
    public String binaryName() {
        return internalName().replace('/', '.');
    }

    /// `java/lang/Math`; for an array its descriptor, as instructions want it.
    public String internalName() {
        return isArray() ? descriptor : descriptor.substring(1, descriptor.length() - 1);
    }

    /// Slots that a local of this type takes.
    int size() {
        return switch (descriptor) {
            case "V" -> 0;
            case "J", "D" -> 2;
            default -> 1;
        };
    }

    /// The variant of an `int` instruction for this type.
    int opcode(int intOpcode) {
        return org.objectweb.asm.Type.getType(descriptor).getOpcode(intOpcode);
    }

    int newArrayOperand() {
        return switch (descriptor) {
            case "Z" -> Opcodes.T_BOOLEAN;
            case "I" -> Opcodes.T_INT;
            case "J" -> Opcodes.T_LONG;
            case "F" -> Opcodes.T_FLOAT;
            case "D" -> Opcodes.T_DOUBLE;
            default -> throw new IllegalStateException("arrays of " + this + " are made by ANEWARRAY");
        };
    }

    /// The simple Java name.
    @Override
    public String toString() {
        return switch (descriptor.charAt(0)) {
            case 'V' -> "void";
            case 'Z' -> "boolean";
            case 'B' -> "byte";
            case 'I' -> "int";
            case 'J' -> "long";
            case 'F' -> "float";
            case 'D' -> "double";
            case '[' -> element() + "[]";
            default ->
                descriptor.substring(Math.max(Math.max(descriptor.lastIndexOf('/'), descriptor.lastIndexOf('$')), 0) + 1,
                        descriptor.length() - 1);
        };
    }
}
