package nnet.compiler.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/// A public Java record inside another class.
public record RecordCode(InnerClass place, List<Component> components) {

    private static final Type RECORD = Type.of("java.lang.Record");
    private static final String BOOTSTRAP = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/TypeDescriptor;"
            + "Ljava/lang/Class;Ljava/lang/String;[Ljava/lang/invoke/MethodHandle;)Ljava/lang/Object;";

    public record Component(Type type, String name) {
    }

    public RecordCode {
        components = List.copyOf(components);
    }

    public Type type() {
        return place.type();
    }

    /// The method that gives a component.
    public Method accessor(Component component) {
        return Method.ofObject(type(), component.name(), component.type());
    }

    /// The class file.
    public byte[] toBytes() {
        ClassWriter out = ClassCode.writer();
        out.visit(ClassCode.VERSION, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_RECORD, type().internalName(),
                null,
                RECORD.internalName(), null);
        place.emit(out);
        for (Component component : components) {
            out.visitRecordComponent(component.name(), component.type().descriptor(), null).visitEnd();
            new FieldCode(Set.of(Modifier.PRIVATE, Modifier.FINAL), component.name(), component.type(), Optional.empty())
                    .emit(out);
        }
        constructor().emit(out);
        components.forEach(component -> accessorCode(component).emit(out));
        ofObject(out, "toString", Type.STRING);
        ofObject(out, "hashCode", Type.INT);
        ofObject(out, "equals", Type.BOOLEAN, Type.OBJECT);
        out.visitEnd();
        return out.toByteArray();
    }

    private Field field(Component component) {
        return Field.ofObject(type(), component.name(), component.type());
    }

    private MethodCode constructor() {
        List<Local> parameters = components.stream().map(component -> new Local(component.name(), component.type())).toList();
        List<Statement> body = new ArrayList<>(List.of(new Statement.Evaluate(new This(RECORD).invoke(Method.constructor(RECORD)))));
        for (int i = 0; i < parameters.size(); i++) {
            body.add(new Statement.SetField(new FieldValue(List.of(new This(type())), field(components.get(i))), parameters.get(i)));
        }
        return new MethodCode(Set.of(Modifier.PUBLIC), "<init>", parameters, Type.VOID, body);
    }

    private MethodCode accessorCode(Component component) {
        Statement result = Statement.result(new This(type()).get(field(component)));
        return new MethodCode(Set.of(Modifier.PUBLIC), component.name(), List.of(), component.type(), List.of(result));
    }

    /// Methods of `Object` by the components, as Java makes them for every record.
    private void ofObject(ClassWriter out, String name, Type result, Type... parameters) {
        Method method = Method.ofObject(type(), name, result, parameters);
        MethodVisitor code = out.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL, name, method.descriptor(), null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        if (parameters.length > 0) {
            code.visitVarInsn(Opcodes.ALOAD, 1);
        }
        List<Object> arguments = new ArrayList<>();
        arguments.add(org.objectweb.asm.Type.getObjectType(type().internalName()));
        arguments.add(components.stream().map(Component::name).collect(Collectors.joining(";")));
        components.forEach(component -> arguments
                .add(new Handle(Opcodes.H_GETFIELD, type().internalName(), component.name(), component.type().descriptor(), false)));
        code.visitInvokeDynamicInsn(name, method.descriptor().replace("(", "(" + type().descriptor()),
                new Handle(Opcodes.H_INVOKESTATIC, "java/lang/runtime/ObjectMethods", "bootstrap", BOOTSTRAP, false), arguments.toArray());
        code.visitInsn(result.opcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    @Override
    public String toString() {
        return components.stream().map(component -> component.type() + " " + component.name())
                .collect(Collectors.joining(", ", "public record " + type() + "(", ") {\n}"));
    }
}
