package nnet.compiler.code;

import static nnet.compiler.code.Expression.demand;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/// A method with its body; one called `<init>` is a constructor. A body of type `void` returns at its end by itself.
///
/// @param exceptions the checked exceptions that it declares
public record MethodCode(Set<Modifier> modifiers, String name, List<Local> parameters, Type result, List<Type> exceptions,
        List<Statement> body) {

    public MethodCode(Set<Modifier> modifiers, String name, List<Local> parameters, Type result, List<Statement> body) {
        this(modifiers, name, parameters, result, List.of(), body);
    }

    public MethodCode {
        modifiers = modifiers.isEmpty() ? Set.of() : EnumSet.copyOf(modifiers);
        parameters = List.copyOf(parameters);
        exceptions = List.copyOf(exceptions);
        body = List.copyOf(body);
    }

    public boolean isStatic() {
        return modifiers.contains(Modifier.STATIC);
    }

    /// How others call it.
    public Method in(Type owner) {
        Method.Kind kind = isStatic() ? Method.Kind.STATIC : name.equals("<init>") ? Method.Kind.SPECIAL : Method.Kind.VIRTUAL;
        return new Method(kind, owner, name, parameters.stream().map(Local::type).toList(), result);
    }

    /// Bytes of its bytecode. HotSpot does not compile methods of more than 8,000.
    public int size() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(ClassCode.VERSION, Opcodes.ACC_SUPER, "Measured", null, "java/lang/Object", null);
        return emit(writer);
    }

    /// Writes the method and returns the bytes of its bytecode.
    int emit(ClassVisitor out) {
        int slots = parameters.stream().mapToInt(parameter -> parameter.type().size()).sum() + (isStatic() ? 0 : 1);
        demand(slots <= 255, "%s has too many parameters", name);
        String descriptor = in(Type.OBJECT).descriptor();
        MethodVisitor code = out.visitMethod(Modifier.access(modifiers), name, descriptor, null,
                exceptions.stream().map(Type::internalName).toArray(String[]::new));
        if (modifiers.contains(Modifier.PUBLIC)) {
            parameters.forEach(parameter -> code.visitParameter(parameter.name(), 0));
        }
        code.visitCode();
        Frame frame = new Frame(code, !isStatic());
        frame.block(() -> {
            parameters.forEach(frame::declare);
            body.forEach(statement -> statement.emit(frame));
        });
        if (result.equals(Type.VOID)) {
            code.visitInsn(Opcodes.RETURN);
        }
        Label end = new Label();
        code.visitLabel(end);
        code.visitMaxs(0, 0);
        code.visitEnd();
        return end.getOffset();
    }

    @Override
    public String toString() {
        return header("") + " " + Printing.braces(body);
    }

    /// Everything in front of the body.
    String header(String className) {
        String heading = name.equals("<init>") ? className : name.equals("<clinit>") ? "" : result + " " + name;
        String list = parameters.stream().map(parameter -> parameter.type() + " " + parameter).collect(Collectors.joining(", ", "(", ")"));
        String thrown = exceptions.isEmpty()
                ? ""
                : exceptions.stream().map(Type::toString).collect(Collectors.joining(", ", " throws ", ""));
        return (Modifier.text(modifiers) + heading + (name.equals("<clinit>") ? "" : list) + thrown).strip();
    }
}
