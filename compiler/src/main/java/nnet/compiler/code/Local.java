package nnet.compiler.code;

/// A parameter or local variable of a method. Two locals are the same only if they are the same object; a method gives its locals distinct names.
public final class Local implements Expression {

    private final String name;
    private final Type type;

    public Local(String name, Type type) {
        this.name = name;
        this.type = type;
    }

    public String name() {
        return name;
    }

    @Override
    public Type type() {
        return type;
    }

    @Override
    public void emit(Frame frame) {
        frame.load(this);
    }

    @Override
    public String toString() {
        return name;
    }
}
