package nnet.compiler.code;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.ClassVisitor;

/// A field of a class; a static one may have an initial value.
public record FieldCode(Set<Modifier> modifiers, String name, Type type, Optional<Expression> initial) {

    public FieldCode {
        modifiers = modifiers.isEmpty() ? Set.of() : EnumSet.copyOf(modifiers);
    }

    public Field in(Type owner) {
        return new Field(owner, name, type, modifiers.contains(Modifier.STATIC));
    }

    void emit(ClassVisitor out) {
        out.visitField(Modifier.access(modifiers), name, type.descriptor(), null, null).visitEnd();
    }

    @Override
    public String toString() {
        return Modifier.text(modifiers) + type + " " + name + initial.map(value -> " = " + Printing.bare(value)).orElse("") + ";";
    }
}
