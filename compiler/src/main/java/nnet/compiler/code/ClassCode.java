package nnet.compiler.code;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/// A class, ready to be printed as Java or written as a class file of Java 17.
///
/// @param sourceFile the name that stack traces show
/// @param inners     the classes that lie inside of this one, and this one if it lies inside another
public record ClassCode(Set<Modifier> modifiers, Type type, Type superclass, List<Type> interfaces, Optional<String> sourceFile,
        List<InnerClass> inners, List<FieldCode> fields, List<MethodCode> methods) {

    public ClassCode(Set<Modifier> modifiers, Type type, Type superclass, List<Type> interfaces, Optional<String> sourceFile,
            List<FieldCode> fields, List<MethodCode> methods) {
        this(modifiers, type, superclass, interfaces, sourceFile, List.of(), fields, methods);
    }

    static final int VERSION = Opcodes.V17;

    public ClassCode {
        modifiers = modifiers.isEmpty() ? Set.of() : EnumSet.copyOf(modifiers);
        interfaces = List.copyOf(interfaces);
        inners = List.copyOf(inners);
        fields = List.copyOf(fields);
        methods = List.copyOf(methods);
    }

    /// The class file.
    public byte[] toBytes() {
        return toBytes(Integer.MAX_VALUE);
    }

    /// The class file.
    ///
    /// @throws IllegalStateException if a method has more than `largest` bytes of bytecode
    public byte[] toBytes(int largest) {
        ClassWriter out = writer();
        out.visit(VERSION, Modifier.access(modifiers) & ~Opcodes.ACC_STATIC | Opcodes.ACC_SUPER, type.internalName(), null,
                superclass.internalName(),
                interfaces.stream().map(Type::internalName).toArray(String[]::new));
        out.visitSource(sourceFile.orElse(null), null);
        inners.forEach(inner -> inner.emit(out));
        fields.forEach(field -> field.emit(out));
        initializer().ifPresent(method -> method.emit(out));
        for (MethodCode method : methods) {
            int size = method.emit(out);
            if (size > largest) {
                throw new IllegalStateException("the method " + method.name() + " has " + size + " bytes of bytecode");
            }
        }
        out.visitEnd();
        return out.toByteArray();
    }

    /// Gives static fields their initial values.
    private Optional<MethodCode> initializer() {
        List<Statement> body = new ArrayList<>();
        for (FieldCode field : fields) {
            field.initial().ifPresent(value -> body.add(new Statement.SetField(new FieldValue(List.of(), field.in(type)), value)));
        }
        return body.isEmpty()
                ? Optional.empty()
                : Optional.of(new MethodCode(Set.of(Modifier.STATIC), "<clinit>", List.of(), Type.VOID, body));
    }

    /// A local has one type for all its life, but its slot may be used again by another: where paths with different dead locals join, nobody reads the slot,
    /// and any common superclass will do.
    static ClassWriter writer() {
        return new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected String getCommonSuperClass(String first, String second) {
                return "java/lang/Object";
            }
        };
    }

    @Override
    public String toString() {
        String implemented = interfaces.isEmpty()
                ? ""
                : interfaces.stream().map(Type::toString).collect(Collectors.joining(", ", " implements ", ""));
        List<String> members = new ArrayList<>();
        if (!fields.isEmpty()) {
            members.add(fields.stream().map(FieldCode::toString).collect(Collectors.joining("\n")));
        }
        methods.forEach(method -> members.add(method.header(type.toString()) + " " + Printing.braces(method.body())));
        return Modifier.text(modifiers) + "class " + type + " extends " + superclass + implemented + " {\n\n"
                + Printing.indented(String.join("\n\n", members)) + "}\n";
    }
}
