package nnet.compiler.code;

/// A field of a class, by name.
public record Field(Type owner, String name, Type type, boolean isStatic) {

    public static Field ofClass(Type owner, String name, Type type) {
        return new Field(owner, name, type, true);
    }

    public static Field ofObject(Type owner, String name, Type type) {
        return new Field(owner, name, type, false);
    }
}
