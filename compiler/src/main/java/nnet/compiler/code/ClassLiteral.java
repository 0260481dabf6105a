package nnet.compiler.code;

/// `Owner.class`
record ClassLiteral(Type of) implements Expression {

    @Override
    public Type type() {
        return Type.of("java.lang.Class");
    }

    @Override
    public void emit(Frame frame) {
        frame.out.visitLdcInsn(org.objectweb.asm.Type.getType(of.descriptor()));
    }

    @Override
    public String toString() {
        return of + ".class";
    }
}
