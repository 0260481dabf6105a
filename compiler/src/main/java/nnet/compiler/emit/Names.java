package nnet.compiler.emit;

import java.util.HashSet;
import java.util.Set;

/// Gives out Java identifiers, each only once.
final class Names {

    private static final Set<String> RESERVED = Set.of("abstract", "assert", "boolean", "break", "byte", "case", "catch", "char", "class",
            "const",
            "continue", "default", "do", "double", "else", "enum", "extends", "final", "finally", "float", "for", "goto", "if",
            "implements", "import",
            "instanceof", "int", "interface", "long", "native", "new", "package", "private", "protected", "public", "return", "short",
            "static",
            "strictfp", "super", "switch", "synchronized", "this", "throw", "throws", "transient", "try", "void", "volatile", "while",
            "true", "false",
            "null");

    private final Set<String> taken = new HashSet<>(RESERVED);

    /// For the components of a record, which may not be called like methods that every object has.
    static Names ofComponents() {
        Names names = new Names();
        names.taken.addAll(Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait"));
        return names;
    }

    /// The wish itself, made an identifier, or with a number where it is taken already.
    String unique(String wish) {
        StringBuilder identifier = new StringBuilder();
        wish.codePoints().map(c -> Character.isJavaIdentifierPart(c) && c != '$' ? c : '_').forEach(identifier::appendCodePoint);
        if (identifier.isEmpty() || !Character.isJavaIdentifierStart(identifier.codePointAt(0))) {
            identifier.insert(0, '_');
        }
        String name = identifier.toString();
        for (int number = 2; !taken.add(name); number++) {
            name = identifier + "_" + number;
        }
        return name;
    }
}
