package nnet.compiler.code;

import static nnet.compiler.code.Expression.call;
import static nnet.compiler.code.Expression.constant;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/// A public Java enum inside another class.
public record EnumCode(InnerClass place, List<Constant> constants) {

    private static final Type ENUM = Type.of("java.lang.Enum");
    private static final Type CLASS = Type.of("java.lang.Class");
    private static final String VALUES = "$VALUES";

    /// @param comment its documentation; may be empty
    public record Constant(String name, String comment) {
    }

    public EnumCode {
        constants = List.copyOf(constants);
    }

    public Type type() {
        return place.type();
    }

    /// The class file.
    public byte[] toBytes() {
        ClassWriter out = ClassCode.writer();
        out.visit(ClassCode.VERSION, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_ENUM, type().internalName(),
                "Ljava/lang/Enum<" + type().descriptor() + ">;", ENUM.internalName(), null);
        place.emit(out);
        for (Constant each : constants) {
            out.visitField(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL | Opcodes.ACC_ENUM, each.name(), type().descriptor(),
                    null, null)
                    .visitEnd();
        }
        out.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC, VALUES,
                type().array().descriptor(), null,
                null).visitEnd();
        constructor().emit(out);
        values().emit(out);
        valueOf().emit(out);
        initializer(out);
        out.visitEnd();
        return out.toByteArray();
    }

    private MethodCode constructor() {
        Local name = new Local("name", Type.STRING);
        Local ordinal = new Local("ordinal", Type.INT);
        Statement body = new Statement.Evaluate(
                new This(ENUM).invoke(Method.constructor(ENUM, Type.STRING, Type.INT), name, ordinal));
        return new MethodCode(Set.of(Modifier.PRIVATE), "<init>", List.of(name, ordinal), Type.VOID, List.of(body));
    }

    private MethodCode values() {
        Expression all = Expression.get(type(), VALUES, type().array());
        Expression copy = all.invoke(Method.ofObject(type().array(), "clone", Type.OBJECT)).cast(type().array());
        return new MethodCode(Set.of(Modifier.PUBLIC, Modifier.STATIC), "values", List.of(), type().array(),
                List.of(Statement.result(copy)));
    }

    private MethodCode valueOf() {
        Local name = new Local("name", Type.STRING);
        Expression found = call(Method.ofClass(ENUM, "valueOf", ENUM, CLASS, Type.STRING), new ClassLiteral(type()), name).cast(type());
        return new MethodCode(Set.of(Modifier.PUBLIC, Modifier.STATIC), "valueOf", List.of(name), type(), List.of(Statement.result(found)));
    }

    private void initializer(ClassWriter out) {
        MethodVisitor code = out.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        code.visitCode();
        Frame frame = new Frame(code, false);
        for (int i = 0; i < constants.size(); i++) {
            Expression made = new NewObject(Method.constructor(type(), Type.STRING, Type.INT),
                    List.of(constant(constants.get(i).name()), constant(i)));
            set(constants.get(i).name(), made, frame);
        }
        Local all = new Local("all", type().array());
        frame.block(() -> {
            new Statement.Declare(all, new NewArray(type(), constant(constants.size()))).emit(frame);
            for (int i = 0; i < constants.size(); i++) {
                new Statement.SetElement(all, constant(i), Expression.get(type(), constants.get(i).name(), type())).emit(frame);
            }
            set(VALUES, all, frame);
        });
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private void set(String field, Expression value, Frame frame) {
        new Statement.SetField((FieldValue) Expression.get(type(), field, value.type()), value).emit(frame);
    }

    @Override
    public String toString() {
        return toString(comment -> "");
    }

    /// @param comments writes a documentation comment
    public String toString(UnaryOperator<String> comments) {
        String list = constants.stream().map(each -> (each.comment().isBlank() ? "" : comments.apply(each.comment())) + each.name())
                .collect(Collectors.joining(",\n"));
        return "public enum " + type() + " {\n" + Printing.indented(list) + "}";
    }
}
