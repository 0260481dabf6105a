package nnet.compiler.code;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/// A public class inside another, as both of their class files know it.
public record InnerClass(Type outer, Type type, Kind kind) {

    public enum Kind {
        CLASS(Opcodes.ACC_FINAL), RECORD(Opcodes.ACC_FINAL), ENUM(Opcodes.ACC_FINAL | Opcodes.ACC_ENUM);

        private final int access;

        Kind(int access) {
            this.access = access;
        }
    }

    void emit(ClassVisitor out) {
        out.visitInnerClass(type.internalName(), outer.internalName(), type.toString(),
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | kind.access);
    }
}
