package nnet.compiler.code;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.objectweb.asm.Opcodes;

/// A modifier of a class, field or method, in the order in which Java writes them.
public enum Modifier {
    PUBLIC(Opcodes.ACC_PUBLIC), PRIVATE(Opcodes.ACC_PRIVATE), STATIC(Opcodes.ACC_STATIC), FINAL(Opcodes.ACC_FINAL),
    /// Not written in Java: its compiler makes such methods by itself.
    BRIDGE(Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC);

    private final int access;

    Modifier(int access) {
        this.access = access;
    }

    static int access(Set<Modifier> modifiers) {
        return modifiers.stream().mapToInt(modifier -> modifier.access).sum();
    }

    static String text(Set<Modifier> modifiers) {
        return modifiers.stream().filter(modifier -> modifier != BRIDGE).map(modifier -> modifier.name().toLowerCase(Locale.ROOT) + " ").collect(Collectors.joining());
    }
}
